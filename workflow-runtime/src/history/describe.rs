//! A nested execution as its parent's history describes it: what `StartExecution` and `DescribeExecution` answer on AWS.

use std::time::SystemTime;

use serde::Serialize;
use serde_json::value::RawValue;
use workflow_model::states::StatesError;

use super::json::millis;
use crate::nested::{DataDetails, NestedExecution, StartedExecution};
use crate::{ExecutionError, ExecutionId, Failure, Status};

/// A nested execution, described from its start on.
#[derive(Debug)]
pub(crate) struct DescribedExecution {
    id: ExecutionId,
    input: String,
    started: SystemTime,
}

/// The result of `startExecution.sync:2`, which has input and output as JSON. The fields stand in the order in which Step Functions
/// writes them.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Parsed<'a> {
    execution_arn: &'a str,
    input: &'a RawValue,
    input_details: DataDetails,
    name: &'a str,
    output: &'a RawValue,
    output_details: DataDetails,
    start_date: u64,
    state_machine_arn: &'a str,
    status: Status,
    stop_date: u64,
}

/// How long a cause may be on AWS.
const CAUSE: usize = 32_768;

const INCLUDED: DataDetails = DataDetails { included: true };

impl DescribedExecution {
    pub(crate) fn new(id: ExecutionId, input: String, started: SystemTime) -> Self {
        DescribedExecution { id, input, started }
    }

    pub(crate) fn id(&self) -> &ExecutionId {
        &self.id
    }

    /// What the start of the execution answers.
    pub(crate) fn started(&self) -> StartedExecution {
        StartedExecution { execution_arn: self.id.arn(), start_date: date(self.started) }
    }

    /// What the parent sees of a child that did not succeed.
    pub(crate) fn failure(&self, error: &ExecutionError, stopped: SystemTime) -> Failure {
        let (status, failure) = match error {
            ExecutionError::Failed(failure) => (Status::Failed, Some(failure)),
            ExecutionError::TimedOut => (Status::TimedOut, None),
            ExecutionError::Aborted(failure) => (Status::Aborted, Some(failure)),
            ExecutionError::Suspended => unreachable!("a parent does not hear of a child that is suspended"),
        };
        let given = |text: &String| (!text.is_empty()).then(|| text.clone());
        let mut described = NestedExecution {
            error: failure.and_then(|failure| given(&failure.error)),
            cause: failure.and_then(|failure| given(&failure.cause)),
            ..self.ended(status, stopped)
        };
        let json = |described: &NestedExecution| {
            serde_json::to_string(described).expect("a description is strings and numbers")
        };
        let mut cause = json(&described);
        // Within one another, causes would grow as fast as their backslashes: what is innermost goes first, and the rest stays JSON.
        while cause.len() > CAUSE
            && let Some(inner) = described.cause.as_mut().filter(|inner| !inner.is_empty())
        {
            inner.truncate(inner.floor_char_boundary(inner.len() / 2));
            cause = json(&described);
        }
        Failure::states(StatesError::TaskFailed, cause)
    }

    /// What the parent sees of a child that succeeded.
    pub(crate) fn success(&self, output: String, stopped: SystemTime) -> NestedExecution {
        NestedExecution {
            output: Some(output),
            output_details: Some(INCLUDED),
            ..self.ended(Status::Succeeded, stopped)
        }
    }

    /// The same with input and output as JSON.
    pub(crate) fn parsed<T: Serialize>(&self, output: &T, stopped: SystemTime) -> serde_json::Result<String> {
        let ended = self.ended(Status::Succeeded, stopped);
        serde_json::to_string(&Parsed {
            execution_arn: &ended.execution_arn,
            input: serde_json::from_str(&self.input)?,
            input_details: INCLUDED,
            name: &ended.name,
            output: &serde_json::value::to_raw_value(output)?,
            output_details: INCLUDED,
            start_date: ended.start_date,
            state_machine_arn: &ended.state_machine_arn,
            status: ended.status,
            stop_date: ended.stop_date,
        })
    }

    fn ended(&self, status: Status, stopped: SystemTime) -> NestedExecution {
        NestedExecution {
            cause: None,
            error: None,
            execution_arn: self.id.arn(),
            input: self.input.clone(),
            input_details: INCLUDED,
            name: self.id.name().to_owned(),
            output: None,
            output_details: None,
            start_date: date(self.started),
            state_machine_arn: self.id.state_machine_arn(),
            status,
            stop_date: date(stopped),
        }
    }
}

/// A date in milliseconds since 1970.
fn date(time: SystemTime) -> u64 {
    u64::try_from(millis(time)).unwrap_or(u64::MAX)
}
