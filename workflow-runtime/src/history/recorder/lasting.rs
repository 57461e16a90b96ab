//! What a record writes down of an execution that outlives the process.

use std::sync::Arc;

use tokio::time::Instant;

use super::Recorder;
use crate::run::{Note, Record};
use crate::store::{Checkpoint, Park};

impl Recorder {
    /// The path of the branch that this is a record of.
    pub(super) fn path(&self) -> Option<&Arc<str>> {
        Some(&self.branch.as_ref()?.path)
    }

    /// What is written down of a place, with the events that what comes next follows from.
    pub(super) fn checkpoint(&self, note: Note) -> Checkpoint {
        let Note { state, input, variables, mut progress } = note;
        progress.last = self.last;
        progress.entered = self.entered;
        progress.before = self.before;
        progress.map_run = self.map_run.into();
        let progress = serde_json::to_string(&progress).expect("numbers are always JSON").into();
        Checkpoint { state, input, variables, progress }
    }

    /// Notes that the execution is parked until then.
    pub(crate) fn park(&self, due: Instant) {
        if let Some(ledger) = self.entry.ledger() {
            ledger.park(Park::Until(self.engine.epoch.calendar_at(due)));
        }
    }

    /// Leaves the execution, which waits until then, to the store. Not where somebody has a handle on it.
    pub(crate) fn put_away(&self, due: Instant) -> bool {
        self.is_durable() && self.engine.put_away(&self.entry, due)
    }
}
