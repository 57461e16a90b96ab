//! The feature `lambda`: the program as the Lambda function behind its tasks.
//!
//! Step Functions invokes one function for all tasks of a program, and tells it by the payload which task to run: see
//! [`payload`]. No engine starts, and no state follows from another: that is what Step Functions does.

mod invocation;
mod log;
mod payload;

use std::fmt;
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use lambda_runtime::{Context, Diagnostic, LambdaEvent, service_fn};
use serde_json::value::RawValue;
use tokio::runtime::Handle;
use workflow_model::states::StatesError;

pub use self::invocation::{Invocation, Invoked};
use self::log::Log;
use self::payload::Given;
use crate::clock;
use crate::engine::AnyWorkflow;
use crate::run::{PANIC, contain};
use crate::task_return::Raised;

/// Whether Lambda started this program: the environment then says where its invocations come from.
pub(crate) fn is_present() -> bool {
    std::env::var_os("AWS_LAMBDA_RUNTIME_API").is_some()
}

/// Runs the tasks that it is invoked with, one after another, until Lambda ends the program.
///
/// # Errors
///
/// When Lambda cannot be reached.
pub(crate) async fn serve(workflows: Vec<Arc<dyn AnyWorkflow>>) -> Result<(), lambda_runtime::Error> {
    let log = Log::of_environment();
    // What an invocation does stays on one thread, which need not be this one.
    let runtime = Handle::current();
    let serving = move || {
        let workflows: Arc<[_]> = workflows.into();
        let handler = |LambdaEvent { payload, context }: LambdaEvent<Given>| {
            let workflows = workflows.clone();
            async move { handle(&workflows, log, payload, &context).await }
        };
        runtime.block_on(lambda_runtime::run(service_fn(handler)))
    };
    tokio::task::spawn_blocking(serving).await?
}

/// Runs a task, and says in the function's log what it failed with.
async fn handle(
    workflows: &[Arc<dyn AnyWorkflow>],
    log: Log,
    given: Given,
    context: &Context,
) -> Result<Box<RawValue>, Raised> {
    let time_left = context.deadline().duration_since(SystemTime::now()).unwrap_or_default();
    let deadline = clock::after(time_left.saturating_sub(TIME_TO_ANSWER));
    let invocation =
        payload::read(given, deadline).inspect_err(|raised| log.failed(&context.request_id, None, raised))?;
    let subject = invocation.subject();
    let answer = invoke(workflows, invocation).await;
    answer.inspect_err(|raised| log.failed(&context.request_id, Some(subject), raised))
}

/// How long before the function's time is over an attempt is given up, to have the time to say so.
const TIME_TO_ANSWER: Duration = Duration::from_millis(100);

async fn invoke(workflows: &[Arc<dyn AnyWorkflow>], invocation: Invocation) -> Result<Box<RawValue>, Raised> {
    let Some(workflow) = workflows.iter().find(|workflow| workflow.name() == invocation.workflow()) else {
        return Err(unknown_workflow(workflows, invocation.workflow()));
    };
    let task = invocation.subject().task;
    let invoked = pin!(workflow.invoke(invocation));
    let answer =
        contain(invoked).await.unwrap_or_else(|panic| Invoked(Err(Raised { error: PANIC, message: panic }))).0?;
    if answer.len() > LARGEST_ANSWER {
        return Err(too_large(&task, answer.len()));
    }
    RawValue::from_string(answer).map_err(|error| Raised { error: INVALID_OUTPUT, message: error.to_string() })
}

/// How many bytes a function may answer with. Of less Step Functions itself says whether it is too much, with the same error.
const LARGEST_ANSWER: usize = 6 * 1024 * 1024;

fn too_large(task: &str, size: usize) -> Raised {
    let message = format!(
        "`{task}` returned {size} bytes of JSON, but Lambda takes {LARGEST_ANSWER}, and Step Functions 262144: put it into S3, and return \
         its place"
    );
    Raised { error: StatesError::DataLimitExceeded.asl_name(), message }
}

fn unknown_workflow(workflows: &[Arc<dyn AnyWorkflow>], name: &str) -> Raised {
    let known: Vec<_> = workflows.iter().map(|workflow| format!("`{}`", workflow.name())).collect();
    let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
    let message = format!(
        "this function has no workflow `{name}`, so it cannot run its tasks: it has {known}; {UP_TO_DATE}, and add the workflow with \
         `App::workflow`"
    );
    Raised { error: UNKNOWN_TASK, message }
}

/// The name of the error where the payload is none of those that the export writes.
const INVALID_PAYLOAD: &str = "InvalidPayload";
/// The name of the error where the payload names a task that the program does not have.
const UNKNOWN_TASK: &str = "UnknownTask";
/// The name of the error where a task takes something else than the state was given.
const INVALID_INPUT: &str = "InvalidInput";
/// The name of the error where a result is no JSON.
const INVALID_OUTPUT: &str = "InvalidOutput";

/// What to do where the definition and the function do not fit together.
const UP_TO_DATE: &str = "deploy the function and the definition from the same version of the program";

impl From<Raised> for Diagnostic {
    fn from(Raised { error, message }: Raised) -> Self {
        Diagnostic { error_type: error.to_owned(), error_message: message }
    }
}

/// What a log says of it.
impl fmt::Display for Raised {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.error, self.message)
    }
}
