//! What Step Functions invokes the function with: the payload that `workflow_model::asl` writes into a task's `Arguments`.
//!
//! ```json
//! {
//!   "workflow": "PollService",
//!   "task": "call_service",
//!   "input": { "document": "…" },
//!   "context": {
//!     "execution": "arn:aws:states:eu-west-1:123456789012:execution:PollService:9f0c…",
//!     "start_time": "2026-11-22T21:55:51.250Z",
//!     "state": "CallService",
//!     "entered_time": "2026-11-22T21:55:52.125Z",
//!     "retry_count": 0
//!   }
//! }
//! ```
//!
//! The context of a poll has `poll_count` and `polling_since` as well, that of a callback `task_token`, and that of a task which runs
//! for each item of a map `item`.

use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use tokio::time::Instant;

use super::invocation::Invocation;
use super::{INVALID_PAYLOAD, UP_TO_DATE};
use crate::intern::intern;
use crate::task_return::Raised;
use crate::{ExecutionId, TaskContext};

#[derive(Deserialize)]
struct Payload<'a> {
    workflow: String,
    task: String,
    #[serde(borrow)]
    input: &'a RawValue,
    context: Context,
}

#[derive(Deserialize)]
struct Context {
    /// The ARN of the execution.
    execution: String,
    start_time: Timestamp,
    /// The name of the state in the exported machine.
    state: String,
    entered_time: Timestamp,
    /// The position of the item in a map, where Step Functions tells it.
    #[serde(default)]
    item: Option<Vec<u64>>,
    retry_count: u32,
    #[serde(default)]
    poll_count: u32,
    /// In milliseconds since 1970.
    #[serde(default)]
    polling_since: Option<u64>,
    #[serde(default)]
    task_token: Option<String>,
}

/// What the function was invoked with. Lambda hands on whatever it was given: what is no JSON is an error of the invocation, and
/// not of the function.
pub(super) struct Given(Result<Box<RawValue>, String>);

impl<'de> Deserialize<'de> for Given {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Given(Box::deserialize(deserializer).map_err(|error: D::Error| error.to_string())))
    }
}

/// The task that a payload asks for.
pub(super) fn read(Given(payload): Given, deadline: Instant) -> Result<Invocation, Raised> {
    let payload = payload.map_err(|error| invalid(&error))?;
    let Payload { workflow, task, input, context } =
        serde_json::from_str(payload.get()).map_err(|error| invalid(&error.to_string()))?;
    let token = context.task_token.clone();
    let context = context.told(input).ok_or_else(|| invalid("`context.execution` is not the ARN of an execution"))?;
    Ok(Invocation::new((workflow, task), input.to_owned(), context, token, deadline))
}

fn invalid(why: &str) -> Raised {
    let message = format!(
        "this payload is not one that the export writes ({why}), so it does not say which task to run; a task's function is invoked by \
         the exported definition: {UP_TO_DATE}"
    );
    Raised { error: INVALID_PAYLOAD, message }
}

impl Context {
    /// The same, as a task is told it.
    fn told(self, input: &RawValue) -> Option<TaskContext> {
        let execution = ExecutionId::of_arn(&self.execution)?;
        let times = (moment(self.start_time), moment(self.entered_time));
        let context =
            TaskContext::on_lambda(execution, intern(&self.state), self.entry(input), self.retry_count, times);
        Some(match self.polling_since {
            Some(since) => context.polling(self.poll_count, SystemTime::UNIX_EPOCH + Duration::from_millis(since)),
            None => context,
        })
    }

    /// What tells this entry into the state from all others of the execution. It is in one state at one moment, but where it runs the
    /// items of a map side by side: those differ in their positions or, in maps within maps, in their inputs.
    fn entry(&self, input: &RawValue) -> String {
        let entered = self.entered_time.as_millisecond();
        match &self.item {
            None => entered.to_string(),
            Some(item) => {
                let position = item.first().map(u64::to_string).unwrap_or_default();
                format!("{entered}:{position}:{:016x}", fnv_1a(input.get()))
            }
        }
    }
}

fn moment(timestamp: Timestamp) -> SystemTime {
    let since = u64::try_from(timestamp.as_millisecond()).unwrap_or_default();
    SystemTime::UNIX_EPOCH + Duration::from_millis(since)
}

/// The hash FNV-1a, which every build of the program computes alike: attempts may be made by different ones.
fn fnv_1a(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
