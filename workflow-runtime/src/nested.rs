//! What a parent sees of an execution that it started: [`StartedExecution`] at its start, [`NestedExecution`] at its end.

use serde::{Deserialize, Serialize};

use crate::{Data, Status};

/// An execution that was started and left to itself: the result of a `#[nested(…, request_response)]`.
///
/// ```
/// use workflow_runtime::StartedExecution;
///
/// let answer = r#"{"ExecutionArn":"arn:aws:states:eu-west-1:123456789012:execution:Invoice:42","StartDate":1795374000250}"#;
/// let started: StartedExecution = serde_json::from_str(answer)?;
/// assert_eq!(started.start_date, 1_795_374_000_250);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
pub struct StartedExecution {
    /// The execution's ARN; natively [`ExecutionId::arn`](crate::ExecutionId::arn).
    pub execution_arn: String,
    /// When it was started, in milliseconds since 1970.
    pub start_date: u64,
}

/// An execution that was started and has ended, in the form of Step Functions' `DescribeExecution`: the result of a
/// `#[nested(…, sync)]`, and what [`Failure::nested`](crate::Failure::nested) finds.
///
/// ```
/// use workflow_runtime::{Failure, Status};
///
/// let cause = r#"{"Cause":"no paper","Error":"Printer.Empty","ExecutionArn":"arn:aws:states:eu-west-1:123456789012:execution:Print:42",
///     "Input":"{}","InputDetails":{"Included":true},"Name":"42","StartDate":1795374000250,
///     "StateMachineArn":"arn:aws:states:eu-west-1:123456789012:stateMachine:Print","Status":"FAILED","StopDate":1795374001000}"#;
/// let child = Failure::new("States.TaskFailed", cause.replace('\n', "")).nested().expect("a nested execution failed");
/// assert_eq!((child.status, child.error.as_deref()), (Status::Failed, Some("Printer.Empty")));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
pub struct NestedExecution {
    /// Why it failed, or what its cancellation said. `None` where nothing was said, as after a timeout.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// The name of the error that it failed with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// Its ARN; natively [`ExecutionId::arn`](crate::ExecutionId::arn).
    pub execution_arn: String,
    /// Its input as JSON.
    pub input: String,
    /// Whether the input is there.
    pub input_details: DataDetails,
    /// Its name.
    pub name: String,
    /// Its output as JSON. `None` where it did not succeed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output: Option<String>,
    /// Whether the output is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_details: Option<DataDetails>,
    /// When it was started, in milliseconds since 1970.
    pub start_date: u64,
    /// The ARN of its state machine.
    pub state_machine_arn: String,
    /// How it ended.
    pub status: Status,
    /// When it ended, in milliseconds since 1970.
    pub stop_date: u64,
}

/// Whether an input or an output is there.
///
/// ```
/// use workflow_runtime::nested::DataDetails;
///
/// assert_eq!(serde_json::to_string(&DataDetails { included: true })?, r#"{"Included":true}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
pub struct DataDetails {
    /// Whether it is.
    pub included: bool,
}
