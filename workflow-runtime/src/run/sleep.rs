//! A run while its execution waits.

use std::time::SystemTime;

use tokio::time::Instant;

use super::{Kept, Record, Run};

/// What is left of a [`Run`] in a wait: together with the state, all there is to know of an execution.
#[derive(Debug)]
pub(crate) struct Asleep<R> {
    record: R,
    visits: u64,
    entered: Option<SystemTime>,
    retries: u32,
    is_initialized: bool,
    until: Option<Instant>,
    kept: Option<Box<Kept>>,
}

impl<R: Record> Run<R> {
    /// Puts the run of an execution away that was left in a wait.
    pub(crate) fn sleep(self) -> Asleep<R> {
        // Each field is named, so that nobody adds one without a thought for this place. The names come back with the state; its input
        // was recorded when it was entered, and what it assigns comes at its end; branches are not put away. Its span is one of its own
        // for each time that it runs.
        let Run {
            record,
            visits,
            entered,
            retries,
            is_initialized,
            until,
            kept,
            within: _,
            scope: _,
            state: _,
            input: _,
            assigned: _,
            span: _,
        } = self;
        Asleep { record, visits, entered, retries, is_initialized, until, kept }
    }
}

impl<R: Record> Asleep<R> {
    /// The run as it was.
    pub(crate) fn wake(self) -> Run<R> {
        let Asleep { record, visits, entered, retries, is_initialized, until, kept } = self;
        Run { visits, entered, retries, is_initialized, until, kept, ..Run::new(record) }
    }

    pub(crate) fn record(&self) -> &R {
        &self.record
    }
}
