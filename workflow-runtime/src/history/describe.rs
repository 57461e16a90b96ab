//! A nested execution as its parent's history describes it: what `DescribeExecution` answers on AWS.

use std::time::SystemTime;

use serde::Serialize;
use serde_json::value::RawValue;
use workflow_model::states::StatesError;

use super::json::millis;
use crate::{ExecutionError, ExecutionId, Failure};

/// A nested execution, described from its start on.
#[derive(Debug)]
pub(crate) struct DescribedExecution {
    id: ExecutionId,
    input: String,
    started: SystemTime,
}

/// The fields in the order in which Step Functions writes them. The cause of a failed nested execution has these, and no others:
/// recorded on AWS.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Description<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
    execution_arn: String,
    input: Input<'a>,
    input_details: Details,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    output: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    output_details: Option<Details>,
    start_date: u128,
    state_machine_arn: String,
    status: &'static str,
    stop_date: u128,
}

/// `startExecution.sync:2` parses the input for the result, and leaves it as it is in the cause of a failure.
#[derive(Serialize)]
#[serde(untagged)]
enum Input<'a> {
    Text(&'a str),
    Parsed(&'a RawValue),
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Details {
    included: bool,
}

impl DescribedExecution {
    pub(crate) fn new(id: ExecutionId, input: String, started: SystemTime) -> Self {
        DescribedExecution { id, input, started }
    }

    pub(crate) fn id(&self) -> &ExecutionId {
        &self.id
    }

    /// What the parent sees of a child that did not succeed.
    pub(crate) fn failure(&self, error: &ExecutionError, stopped: SystemTime) -> Failure {
        let (status, failure) = match error {
            ExecutionError::Failed(failure) => ("FAILED", Some(failure)),
            ExecutionError::TimedOut => ("TIMED_OUT", None),
            ExecutionError::Aborted(failure) => ("ABORTED", Some(failure)),
        };
        let mut description = self.describe(status, stopped);
        description.error = failure.map(|failure| failure.error.as_str()).filter(|error| !error.is_empty());
        description.cause = failure.map(|failure| failure.cause.as_str()).filter(|cause| !cause.is_empty());
        let cause = serde_json::to_string(&description).expect("a description is strings and numbers");
        Failure::states(StatesError::TaskFailed, cause)
    }

    /// The result of a child that succeeded, as the event has it.
    pub(crate) fn output<T: Serialize>(&self, output: &T, stopped: SystemTime) -> serde_json::Result<String> {
        let mut description = self.describe("SUCCEEDED", stopped);
        description.input = Input::Parsed(serde_json::from_str(&self.input)?);
        description.output = Some(serde_json::value::to_raw_value(output)?);
        description.output_details = Some(Details { included: true });
        serde_json::to_string(&description)
    }

    fn describe(&self, status: &'static str, stopped: SystemTime) -> Description<'_> {
        Description {
            cause: None,
            error: None,
            execution_arn: self.id.arn(),
            input: Input::Text(&self.input),
            input_details: Details { included: true },
            name: self.id.name(),
            output: None,
            output_details: None,
            start_date: millis(self.started),
            state_machine_arn: self.id.state_machine_arn(),
            status,
            stop_date: millis(stopped),
        }
    }
}
