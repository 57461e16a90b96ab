//! Branches that run side by side, and what becomes of a record that is dropped.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::Recorder;
use crate::engine::{Entry, Shared, Status};
use crate::history::EventDetail;
use crate::{ExecutionError, Failure};

/// What the records of branches have in common that run side by side.
#[derive(Debug)]
pub(crate) struct Fork {
    pub(super) engine: Arc<Shared>,
    pub(super) entry: Arc<Entry>,
    /// The number of the event that the next branch follows from.
    pub(super) from: AtomicU64,
    /// The number of the last event of the branch that ended last.
    pub(super) last: AtomicU64,
    /// Whether one of them has failed.
    pub(super) is_broken: AtomicBool,
    /// What the state is a branch of, that forked.
    pub(super) outer: Option<Arc<Fork>>,
}

impl Fork {
    /// The number of the event by which the branches are cancelled, if they are: they may be within a larger branch that is.
    pub(super) fn cancelled_by(&self) -> Option<u64> {
        let outer = self.outer.as_ref().and_then(|outer| outer.cancelled_by());
        outer.or_else(|| self.is_broken.load(Ordering::Acquire).then(|| self.last.load(Ordering::Acquire)))
    }
}

impl Drop for Recorder {
    /// An execution that is dropped before its end was cancelled together with its parent, or with the whole runtime; a branch
    /// together with its execution, of which nothing more is said, or because another branch failed.
    fn drop(&mut self) {
        match &self.branch {
            None if self.entry.status() == Status::Running => {
                let failure = Failure::new("", "");
                let aborted = Err(ExecutionError::Aborted(failure.clone()));
                let event = self.last_event(EventDetail::ExecutionAborted { failure: failure.into() });
                match self.entry.ledger() {
                    // It goes on when it is taken up again.
                    Some(_) if self.entry.is_left() => return self.entry.suspend(),
                    Some(_) => self.entry.close_with_parent(&event, Status::Aborted, &aborted),
                    None => {}
                }
                self.end(event, Status::Aborted, aborted);
            }
            Some(branch) if !branch.has_ended => {
                if let Some(by) = branch.fork.cancelled_by() {
                    if let Some((name, index)) = branch.iteration {
                        self.push(EventDetail::MapIterationAborted { name, index }, by);
                    }
                    self.aborted(by);
                }
            }
            _ => {}
        }
    }
}
