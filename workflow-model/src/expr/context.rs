//! The context object: what Step Functions tells of an execution to its expressions.

use serde::{Deserialize, Serialize};

/// A part of the context object that an expression reads, as in `context.execution.id`.
///
/// ```
/// use workflow_model::expr::ContextPart;
///
/// let id = ContextPart::from_rust_path("execution.id").expect("an execution has an id");
/// assert_eq!(id.asl_path().collect::<Vec<_>>(), ["Execution", "Id"]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContextPart {
    /// `context.execution.id`: the ARN of the execution.
    ExecutionId,
    /// `context.execution.name`.
    ExecutionName,
    /// `context.execution.start_time`: an ISO 8601 instant, with milliseconds.
    ExecutionStartTime,
    /// `context.state.name`.
    StateName,
    /// `context.state.entered_time`: an ISO 8601 instant, with milliseconds.
    StateEnteredTime,
    /// `context.state.retry_count`: how often a task was tried again. Other kinds of state have none.
    StateRetryCount,
    /// `context.state_machine.id`: the ARN of the state machine.
    StateMachineId,
    /// `context.state_machine.name`.
    StateMachineName,
}

impl ContextPart {
    /// All of them, in the order in which Step Functions documents them.
    pub const ALL: [ContextPart; 8] = [
        ContextPart::ExecutionId,
        ContextPart::ExecutionName,
        ContextPart::ExecutionStartTime,
        ContextPart::StateName,
        ContextPart::StateEnteredTime,
        ContextPart::StateRetryCount,
        ContextPart::StateMachineId,
        ContextPart::StateMachineName,
    ];

    /// Where it is found in Rust behind `context`, as in `execution.start_time`.
    pub fn rust_path(self) -> &'static str {
        match self {
            ContextPart::ExecutionId => "execution.id",
            ContextPart::ExecutionName => "execution.name",
            ContextPart::ExecutionStartTime => "execution.start_time",
            ContextPart::StateName => "state.name",
            ContextPart::StateEnteredTime => "state.entered_time",
            ContextPart::StateRetryCount => "state.retry_count",
            ContextPart::StateMachineId => "state_machine.id",
            ContextPart::StateMachineName => "state_machine.name",
        }
    }

    /// The part at a path in Rust.
    pub fn from_rust_path(path: &str) -> Option<Self> {
        ContextPart::ALL.into_iter().find(|part| part.rust_path() == path)
    }

    /// Its keys behind `$states.context`, as in `Execution` and `StartTime`.
    pub fn asl_path(self) -> impl Iterator<Item = String> {
        self.rust_path().split('.').map(crate::name::pascal_case)
    }
}
