//! How an execution ended, on either side.

use std::fmt;

use serde_json::Value;

/// How an execution ended, and how long its waits were.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) end: End,
    /// The seconds of all its waits.
    pub(crate) waited: u64,
}

/// The end of an execution.
#[derive(Debug)]
pub(crate) enum End {
    Succeeded(Value),
    Failed {
        error: String,
        cause: String,
    },
    /// States.QueryEvaluationError, and what the evaluator says of it, which differs from side to side.
    EvaluationFailed(String),
}

impl Outcome {
    /// Whether two executions are the same to whoever sees their ends. Outputs are canonical JSON, so equal ones have the same
    /// bytes.
    pub(crate) fn agrees(&self, other: &Outcome) -> bool {
        let same_end = match (&self.end, &other.end) {
            (End::Succeeded(output), End::Succeeded(other)) => output == other,
            (End::Failed { error, cause }, End::Failed { error: other, cause: because }) => {
                error == other && cause == because
            }
            (End::EvaluationFailed(_), End::EvaluationFailed(_)) => true,
            _ => false,
        };
        same_end && self.waited == other.waited
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.end {
            End::Succeeded(output) => write!(f, "succeeds with {output}")?,
            End::Failed { error, cause } => write!(f, "fails with {error}: {cause:?}")?,
            End::EvaluationFailed(why) => write!(f, "fails with States.QueryEvaluationError: {why}")?,
        }
        write!(f, " after {} s", self.waited)
    }
}
