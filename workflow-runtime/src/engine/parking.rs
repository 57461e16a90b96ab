//! Where executions wait: [`Parking`] holds a record of each, in the order of their time, and one task sleeps for all of them.
//!
//! A record costs a fraction of a sleeping task, which has a future, a timer and a place in the runtime.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::runtime::Handle;
use tokio::sync::Notify;
use tokio::time::{Instant, timeout_at};

use super::Entry;

/// How many executions are taken out of the parking at a time. So many that are due at once are worth a task that starts them.
const BATCH: usize = 256;

/// An execution that waits.
pub(crate) trait Parked: Send {
    /// Lets it go on, in a task of its own. Before its time it waits on in there, unless it was cancelled.
    fn resume(self: Box<Self>, runtime: &Handle);
}

/// The executions of an engine that wait.
pub(crate) struct Parking {
    /// What all executions run on.
    runtime: Handle,
    lot: Mutex<Lot>,
    /// Told when there is a record whose time comes before that of all others.
    sooner: Notify,
}

#[derive(Default)]
struct Lot {
    /// An ordered map and not a heap, so that a cancelled execution leaves nothing behind.
    waiting: BTreeMap<Place, Box<dyn Parked>>,
    /// Whether a task sleeps for them. There is one exactly while somebody waits.
    watched: bool,
}

/// When a record is due. The number of its execution tells it from others that are due at the same time.
type Place = (Instant, u64);

impl Parking {
    pub(super) fn new(runtime: Handle) -> Self {
        Parking { runtime, lot: Mutex::default(), sooner: Notify::new() }
    }

    /// What all executions run on.
    pub(super) fn runtime(&self) -> &Handle {
        &self.runtime
    }

    /// Keeps an execution until it is due or [recalled](Parking::recall).
    pub(super) fn park(self: &Arc<Self>, entry: &Entry, due: Instant, parked: Box<dyn Parked>) {
        let mut lot = self.lot();
        // Asked for with the lot locked: whoever cancels from here on finds the record in its place.
        if !entry.parks(due) {
            drop(lot);
            return parked.resume(&self.runtime);
        }
        let first = lot.waiting.first_key_value().is_none_or(|((first, _), _)| due < *first);
        lot.waiting.insert((due, entry.number), parked);
        let watched = std::mem::replace(&mut lot.watched, true);
        drop(lot);
        if !watched {
            let watch = Watch { parking: self.clone(), over: false };
            self.runtime.spawn(watch.keep());
        } else if first {
            self.sooner.notify_one();
        }
    }

    /// Lets an execution go on before its time, if it is here.
    pub(super) fn recall(&self, entry: &Entry) {
        let Some(due) = entry.parked() else { return };
        let recalled = self.lot().waiting.remove(&(due, entry.number));
        if let Some(parked) = recalled {
            parked.resume(&self.runtime);
        }
    }

    fn lot(&self) -> MutexGuard<'_, Lot> {
        // Nothing that holds the lock can panic half-way through a change.
        self.lot.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Lot {
    /// Takes out what is due, a batch at most.
    fn due(&mut self, now: Instant) -> Vec<Box<dyn Parked>> {
        let mut due = Vec::new();
        while due.len() < BATCH
            && let Some(first) = self.waiting.first_entry()
            && first.key().0 <= now
        {
            due.push(first.remove());
        }
        due
    }
}

impl fmt::Debug for Parking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parking").finish_non_exhaustive()
    }
}

/// The task that sleeps for all.
struct Watch {
    parking: Arc<Parking>,
    /// Whether nobody waits any more.
    over: bool,
}

impl Watch {
    async fn keep(mut self) {
        while let Some(next) = self.wake() {
            if next <= Instant::now() {
                // There are more. Those that were woken have their turn first.
                tokio::task::yield_now().await;
            } else {
                // Either the time has come, or there is a record with an earlier one.
                let _ = timeout_at(next, self.parking.sooner.notified()).await;
            }
        }
    }

    /// Lets go on what is due, and says when the next one is.
    fn wake(&mut self) -> Option<Instant> {
        let mut lot = self.parking.lot();
        let due = lot.due(Instant::now());
        let next = lot.waiting.first_key_value().map(|((next, _), _)| *next);
        self.over = next.is_none();
        lot.watched = !self.over;
        drop(lot);
        let runtime = &self.parking.runtime;
        if due.len() < BATCH {
            due.into_iter().for_each(|parked| parked.resume(runtime));
        } else {
            let handle = runtime.clone();
            runtime.spawn(async move { due.into_iter().for_each(|parked| parked.resume(&handle)) });
        }
        next
    }
}

impl Drop for Watch {
    /// Where the runtime is shut down while executions wait, they are dropped as those that run are.
    fn drop(&mut self) {
        if self.over {
            return;
        }
        let mut lot = self.parking.lot();
        let waiting = std::mem::take(&mut lot.waiting);
        lot.watched = false;
        drop(lot);
        // An execution does things when it is dropped; the lot is not locked then.
        drop(waiting);
    }
}
