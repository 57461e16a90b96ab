//! What no store writes, in the words that all of them use.

use super::{Start, Step, StoreError};

/// Whether a step needs an execution that is running. What is sent for a task needs none.
pub(super) fn goes_on(step: &Step) -> bool {
    step.checkpoint.is_some()
        || !step.branches.is_empty()
        || step.events.is_some()
        || step.park.is_some()
        || step.end.is_some()
}

pub(super) fn started(number: u64) -> StoreError {
    StoreError::new(format!("execution {number} was started before: each start has a number of its own"))
}

pub(super) fn name(start: &Start) -> StoreError {
    let (workflow, name) = (start.workflow, &start.name);
    StoreError::new(format!(
        "an execution of `{workflow}` is called `{name}` already: a name is given once in a workflow"
    ))
}

pub(super) fn not_running(number: u64) -> StoreError {
    StoreError::new(format!("execution {number} cannot go on: it is not in this store, or has ended"))
}

pub(super) fn place(place: u64) -> StoreError {
    StoreError::new(format!("there are events at place {place} already: each step's events have a place of their own"))
}
