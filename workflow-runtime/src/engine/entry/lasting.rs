//! An execution that outlives the process: what it has in the store, how it is left there, and how it ends there.

use std::sync::Arc;
use std::time::SystemTime;

use super::{Begun, Entry, Outcome, Status};
use crate::ExecutionError;
use crate::engine::Ledger;
use crate::history::{Event, Log, stored};
use crate::store::{End, StoredExecution};

impl Entry {
    /// An execution as a store knows it, which had so many events by then.
    pub(in crate::engine) fn taken_up(begun: Begun, stored: &StoredExecution, ledger: Ledger) -> Self {
        let entry = Entry::new(begun, stored.number, Some(ledger));
        let mut progress = entry.progress();
        progress.status = stored.status;
        progress.log = Log::behind(stored.events);
        if let Some(result) = stored.result() {
            progress.outcome = Some(Box::new(Outcome { result, stopped: stored.stopped.unwrap_or(stored.started) }));
        }
        drop(progress);
        entry
    }

    /// How it ended, if it has.
    pub(crate) fn outcome(&self) -> Option<Result<String, ExecutionError>> {
        self.progress().outcome.as_ref().map(|outcome| outcome.result.clone())
    }

    /// Leaves the execution where it is: whoever waits for its end is told that it has none yet.
    pub(crate) fn suspend(&self) {
        let mut progress = self.progress();
        if progress.outcome.is_some() {
            return;
        }
        progress.stop = Some(Box::new(ExecutionError::Suspended));
        progress.outcome =
            Some(Box::new(Outcome { result: Err(ExecutionError::Suspended), stopped: SystemTime::now() }));
        let (task, parked) = (progress.task.take(), progress.parked.take());
        drop(progress);
        if let Some(task) = task {
            task.wake();
        }
        drop(parked);
        if let Some(news) = self.news.get() {
            news.changed.notify_waiters();
            news.ended.notify_waiters();
        }
    }

    /// Leaves the execution where it is, and all that it is a part of.
    pub(crate) fn suspend_whole(&self) {
        if let Some(parent) = self.ledger().and_then(Ledger::parent) {
            parent.suspend_whole();
        }
        self.suspend();
    }

    /// The execution that this one is a part of, which may be itself.
    pub(in crate::engine) fn whole(self: &Arc<Self>) -> Arc<Entry> {
        self.ledger().and_then(Ledger::parent).map_or_else(|| self.clone(), |parent| parent.whole())
    }

    /// Whether the execution, when it is dropped, goes on when it is taken up again, as all that it is a part of does.
    pub(crate) fn is_left(&self) -> bool {
        match self.ledger().map(Ledger::parent) {
            None => false,
            Some(None) => true,
            Some(Some(parent)) => {
                self.is_suspended()
                    || parent.is_suspended()
                    || parent.ledger().is_some_and(|ledger| ledger.parent().is_some()) && parent.is_left()
            }
        }
    }

    /// Leaves the execution to the store: this is no longer what is known of it.
    pub(in crate::engine) fn put_away(&self) {
        let mut progress = self.progress();
        progress.stop = Some(Box::new(ExecutionError::Suspended));
        progress.outcome =
            Some(Box::new(Outcome { result: Err(ExecutionError::Suspended), stopped: SystemTime::now() }));
    }

    /// Whether it is to stay where it is.
    pub(crate) fn is_suspended(&self) -> bool {
        self.progress().stop.as_deref() == Some(&ExecutionError::Suspended)
    }

    /// Whether it, or what it is a part of, is to stay where it is.
    pub(in crate::engine) fn is_on_hold(&self) -> bool {
        self.is_suspended() || self.ledger().and_then(Ledger::parent).is_some_and(|parent| parent.is_on_hold())
    }

    /// Those of its events that are in the store only.
    pub(super) fn earlier(&self) -> Vec<Event> {
        let behind = self.progress().log.first();
        let Some(ledger) = self.ledger().filter(|_| behind > 1) else { return Vec::new() };
        // Where they cannot be read, the ones that are known are all there are to show.
        let stored = ledger.commits().store().history(self.number, 1).unwrap_or_default();
        let read = stored.iter().flat_map(|events| stored::events(events).unwrap_or_default());
        read.take_while(|event| event.id < behind).collect()
    }

    /// Writes the last event and the end down, and returns when they are durable.
    pub(crate) async fn close(
        &self,
        event: impl FnOnce(u64) -> Event,
        status: Status,
        result: &Result<String, ExecutionError>,
    ) {
        if let Some(ledger) = self.ledger() {
            self.note_end(ledger, event, status, result);
            ledger.commit().await;
        }
    }

    /// The same for one that was dropped with a part of a larger one: it is written down if that goes on.
    pub(crate) fn close_with_parent(
        &self,
        event: impl FnOnce(u64) -> Event,
        status: Status,
        result: &Result<String, ExecutionError>,
    ) {
        if let Some(ledger) = self.ledger() {
            self.note_end(ledger, event, status, result);
            ledger.hand_over();
        }
    }

    fn note_end(
        &self,
        ledger: &Ledger,
        event: impl FnOnce(u64) -> Event,
        status: Status,
        result: &Result<String, ExecutionError>,
    ) {
        let event = event(self.progress().log.next());
        ledger.event(&event);
        let (output, failure) = match result {
            Ok(json) => (Some(json.as_str().into()), None),
            Err(ExecutionError::Failed(failure) | ExecutionError::Aborted(failure)) => (None, Some(failure.clone())),
            Err(ExecutionError::TimedOut | ExecutionError::Suspended) => (None, None),
        };
        ledger.end(End { status, output, failure, stopped: event.timestamp });
    }

    /// The events behind the first `seen` that are in the store only, if any are.
    pub(in crate::engine) fn earlier_behind(&self, seen: usize) -> Option<Vec<Event>> {
        (seen < self.earlier_count()).then(|| {
            let mut earlier = self.earlier();
            earlier.split_off(seen.min(earlier.len()))
        })
    }

    /// How many of its events are in the store only.
    fn earlier_count(&self) -> usize {
        usize::try_from(self.progress().log.first() - 1).unwrap_or(usize::MAX)
    }
}
