//! The store, without an engine: a step for each transition.

use std::path::Path;
use std::time::SystemTime;

use workflow_runtime::Status;
use workflow_runtime::store::{Checkpoint, End, Events, Start, Step, Store, StoreError};

use crate::{AT_ONCE, Durability, TRANSITIONS, sample};

/// Commits the steps of all executions, as many at a time as there are executions.
pub(crate) fn run(
    path: &Path,
    durability: Durability,
) -> Result<impl FnOnce() -> Result<(), StoreError> + use<>, StoreError> {
    let store = durability.open(path)?;
    Ok(move || (0..TRANSITIONS).try_for_each(|transition| store.commit(&steps(transition))))
}

fn steps(transition: u64) -> Vec<Step> {
    (1..=AT_ONCE).map(|execution| step(execution, transition)).collect()
}

fn step(execution: u64, transition: u64) -> Step {
    let place = transition * AT_ONCE + execution;
    let before = place.saturating_sub(AT_ONCE);
    Step {
        execution,
        start: (transition == 0).then(|| Box::new(start(execution))),
        checkpoint: Some(Checkpoint {
            state: sample::STATE,
            input: Some(sample::input(transition).into()),
            variables: None,
            progress: sample::PROGRESS.into(),
        }),
        events: Some(Events {
            place,
            before,
            first: 3 * transition + 1,
            time: SystemTime::now(),
            json: sample::EVENTS.into(),
        }),
        end: (transition + 1 == TRANSITIONS).then(end),
        ..Step::default()
    }
}

fn start(execution: u64) -> Start {
    // As random as the name of an execution, and the same in each run.
    let name = execution.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    Start {
        workflow: "PollService",
        name: format!("{name:016x}-41d4-a716-446655440000").into(),
        parent: None,
        link: None,
        input: r#"{"document":"a document"}"#.into(),
        started: SystemTime::now(),
        fingerprint: 0,
    }
}

fn end() -> End {
    let output = Some(r#"{"pages":3,"polls":10}"#.into());
    End { status: Status::Succeeded, output, failure: None, stopped: SystemTime::now() }
}
