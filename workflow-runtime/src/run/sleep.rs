//! A run while its execution waits.

use std::time::SystemTime;

use tokio::time::Instant;

use super::{Record, Run};

/// What is left of a [`Run`] in a wait: together with the state, all there is to know of an execution.
#[derive(Debug)]
pub(crate) struct Asleep<R> {
    record: R,
    visits: u64,
    entered: Option<SystemTime>,
    retries: u32,
    until: Option<Instant>,
}

impl<R: Record> Run<R> {
    /// Puts the run of an execution away that was left in a wait.
    pub(crate) fn sleep(self) -> Asleep<R> {
        // The names come with the state, as soon as the run is back in it, and its input has been recorded. Branches are not put away:
        // the execution that they are a part of does not wait meanwhile.
        let Run { record, visits, entered, retries, until, within: _, scope: _, state: _, input: _ } = self;
        Asleep { record, visits, entered, retries, until }
    }
}

impl<R: Record> Asleep<R> {
    /// The run as it was.
    pub(crate) fn wake(self) -> Run<R> {
        let Asleep { record, visits, entered, retries, until } = self;
        Run { visits, entered, retries, until, ..Run::new(record) }
    }

    pub(crate) fn record(&self) -> &R {
        &self.record
    }

    /// The end of the wait.
    pub(crate) fn until(&self) -> Option<Instant> {
        self.until
    }
}
