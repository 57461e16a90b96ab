//! What an engine hands to a store.

use std::sync::Arc;
use std::time::SystemTime;

use crate::Status;

/// What changed in one execution between two moments at which it could go on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// The number of the execution.
    pub execution: u64,
    /// That it was started. This is in its first step only.
    pub start: Option<Box<Start>>,
    /// Where it is now.
    pub checkpoint: Option<Checkpoint>,
    /// Where its branches are now.
    pub branches: Vec<BranchChange>,
    /// What happened.
    pub events: Option<Events>,
    /// That it was put away, or taken up again.
    pub park: Option<Park>,
    /// What somebody sent for its tasks, before the execution has gone on with it. Where the execution has ended, nobody asks for it,
    /// and it is not kept.
    pub answers: Vec<Answer>,
    /// That it ended. This is in its last step only, with which its checkpoints, answers and timers go.
    pub end: Option<End>,
}

/// The start of an execution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// The name of its workflow.
    pub workflow: &'static str,
    /// Its own name. No other execution of the workflow has it.
    pub name: Box<str>,
    /// The number of the execution that started it, if one did.
    pub parent: Option<u64>,
    /// The place in its parent that it is a part of. `None` where it goes on by itself.
    pub link: Option<Box<str>>,
    /// Its input as JSON.
    pub input: Arc<str>,
    /// When it was started. Stores keep the millisecond.
    pub started: SystemTime,
    /// What the workflow's code looked like.
    pub fingerprint: u64,
}

impl Start {
    /// The execution that this one is a part of.
    pub(super) fn whole(&self) -> Option<u64> {
        self.parent.filter(|_| self.link.is_some())
    }
}

/// Where an execution, or a branch of one, goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The name of the state. Empty before the first one, and after the last.
    pub state: &'static str,
    /// The state's input as JSON.
    pub input: Option<Arc<str>>,
    /// The variables as JSON, where the workflow has any.
    pub variables: Option<Arc<str>>,
    /// What the engine counts, as a JSON object.
    pub progress: Box<str>,
}

/// Where a branch is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BranchChange {
    /// The branch with this path is there now.
    At(Arc<str>, Checkpoint),
    /// All branches whose paths begin like this are gone.
    Gone(Box<str>),
}

/// Events of one execution that were written together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Events {
    /// Their place in the order of all events of a store, which grows.
    pub place: u64,
    /// The place of those before them in the same execution; 0 where they are the first.
    pub before: u64,
    /// The number of the first event in the execution's history, from 1.
    pub first: u64,
    /// When the first of them happened.
    pub time: SystemTime,
    /// The events, as a JSON array.
    pub json: Box<str>,
}

/// Whether an execution is kept for later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Park {
    /// It is to be taken up at this time. Stores keep the millisecond, the next one where it lies between two: nothing is due too early.
    Until(SystemTime),
    /// It is on its way again.
    Over,
}

/// What somebody sent for a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What the task's token names.
    pub token: u128,
    /// The output as JSON, or the failure.
    pub result: Result<Box<str>, crate::Failure>,
}

/// The end of an execution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    /// How it ended.
    pub status: Status,
    /// Its output as JSON, where it succeeded.
    pub output: Option<Box<str>>,
    /// Why it did not, where something is known of that.
    pub failure: Option<crate::Failure>,
    /// When it ended. Stores keep the millisecond.
    pub stopped: SystemTime,
}
