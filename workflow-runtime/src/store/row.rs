//! What a store gives back.

use std::collections::BTreeMap;
use std::time::SystemTime;

use super::{Answer, Checkpoint};
use crate::{ExecutionError, Failure, Status};

/// An execution as a store knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredExecution {
    /// Its place in the order of all starts.
    pub number: u64,
    /// The name of its workflow.
    pub workflow: String,
    /// Its own name.
    pub name: String,
    /// The number of the execution that started it, if one did.
    pub parent: Option<u64>,
    /// The place in its parent that it is a part of.
    pub link: Option<String>,
    /// Where it stands.
    pub status: Status,
    /// Its input as JSON.
    pub input: String,
    /// Its output as JSON.
    pub output: Option<String>,
    /// Why it did not succeed.
    pub failure: Option<Failure>,
    /// When it was started.
    pub started: SystemTime,
    /// When it ended.
    pub stopped: Option<SystemTime>,
    /// What the workflow's code looked like when it was started.
    pub fingerprint: u64,
    /// The number of events written.
    pub events: u64,
    /// The place of the last events that were written.
    pub last: u64,
    /// The name of the state that it is in. Empty before the first one, and after the last.
    pub state: String,
}

impl StoredExecution {
    /// How it ended: its output as JSON, or why there is none.
    pub fn result(&self) -> Option<Result<String, ExecutionError>> {
        let failure = || self.failure.clone().unwrap_or_else(|| Failure::new("", ""));
        Some(match self.status {
            Status::Running => return None,
            Status::Succeeded => Ok(self.output.clone().unwrap_or_else(|| "null".to_owned())),
            Status::Failed => Err(ExecutionError::Failed(failure())),
            Status::TimedOut => Err(ExecutionError::TimedOut),
            Status::Aborted => Err(ExecutionError::Aborted(failure())),
        })
    }
}

/// A [`Checkpoint`](super::Checkpoint) that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The name of the state.
    pub state: String,
    /// The state's input as JSON.
    pub input: Option<String>,
    /// The variables as JSON.
    pub variables: Option<String>,
    /// What the engine counts, as a JSON object.
    pub progress: String,
}

impl From<&Checkpoint> for Saved {
    fn from(checkpoint: &Checkpoint) -> Self {
        Saved {
            state: checkpoint.state.to_owned(),
            input: checkpoint.input.as_deref().map(str::to_owned),
            variables: checkpoint.variables.as_deref().map(str::to_owned),
            progress: checkpoint.progress.to_string(),
        }
    }
}

/// An execution with all that it is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    /// The execution itself.
    pub execution: StoredExecution,
    /// Where it is. `None` before its first step, and after its end.
    pub checkpoint: Option<Saved>,
    /// Where its branches are, by their paths.
    pub branches: BTreeMap<String, Saved>,
    /// What was sent for its tasks, by their tokens.
    pub answers: Vec<Answer>,
    /// The executions that are a part of it, in the order of their starts: those that have ended, too.
    pub children: Vec<Tree>,
}

/// When a parked execution is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timer {
    /// The time.
    pub due: SystemTime,
    /// The number of the execution.
    pub execution: u64,
}

/// Which executions to list. The default is all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Those of this workflow only.
    pub workflow: Option<String>,
    /// Those with this name only.
    pub name: Option<String>,
    /// Those with this status only.
    pub status: Option<Status>,
    /// Those started after the one with this number only.
    pub after: Option<u64>,
    /// At most so many.
    pub limit: Option<usize>,
    /// The one that was started last first.
    pub newest_first: bool,
}

/// An execution that another process has asked to be stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// The number of the execution.
    pub execution: u64,
    /// What it ends with.
    pub reason: Failure,
}
