//! Where executions wait: a record of each in the order of their time, and one task that sleeps for all of them.
//!
//! A record costs a fraction of a sleeping task, which has a future, a timer and a place in the runtime. The execution itself is
//! in its [`Entry`], where a cancellation finds it.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use tokio::runtime::Handle;
use tokio::sync::Notify;
use tokio::time::{Instant, timeout_at};

use super::{Entry, Shared};

/// How many executions are woken at a time. So many that are due at once are worth a task that wakes them.
const BATCH: usize = 256;

/// An execution that waits.
pub(crate) trait Parked: Send {
    /// Lets it go on, in a task of its own. Before its time it waits on in there, unless it was cancelled.
    fn resume(self: Box<Self>, runtime: &Handle);
}

/// The order in which the executions of an engine are woken.
pub(crate) struct Parking {
    /// What all executions run on.
    runtime: Handle,
    lot: Mutex<Lot>,
    /// Told when there is an execution whose time comes before that of all others.
    sooner: Notify,
}

#[derive(Default)]
struct Lot {
    /// The one that is due first is on top.
    queue: BinaryHeap<Reverse<Turn>>,
    /// How many in the queue were cancelled, at least.
    gone: usize,
    /// Whether a task sleeps for them. There is one exactly while somebody waits.
    watched: bool,
    /// When the first one is due that is kept in the store only, and whose store.
    stored: Option<(Instant, Weak<Shared>)>,
}

/// When an execution is to be woken.
struct Turn {
    due: Instant,
    /// The history of a cancelled execution is not kept alive until its time would have come.
    entry: Weak<Entry>,
}

impl Parking {
    pub(super) fn new(runtime: Handle) -> Self {
        Parking { runtime, lot: Mutex::default(), sooner: Notify::new() }
    }

    /// What all executions run on.
    pub(super) fn runtime(&self) -> &Handle {
        &self.runtime
    }

    /// Keeps an execution until it is due, or cancelled.
    pub(super) fn park(self: &Arc<Self>, entry: &Arc<Entry>, due: Instant, parked: Box<dyn Parked>) {
        let mut lot = self.lot();
        if let Err(cancelled) = entry.park(parked) {
            drop(lot);
            return cancelled.resume(&self.runtime);
        }
        let is_first = lot.queue.peek().is_none_or(|Reverse(first)| due < first.due);
        lot.queue.push(Reverse(Turn { due, entry: Arc::downgrade(entry) }));
        self.watch(lot, is_first);
    }

    /// Has the executions taken up at that time that the engine's store has for then.
    pub(super) fn expect(self: &Arc<Self>, engine: Weak<Shared>, due: Instant) {
        let mut lot = self.lot();
        let is_first = lot.stored.as_ref().is_none_or(|(first, _)| due < *first);
        if is_first {
            lot.stored = Some((due, engine));
        }
        self.watch(lot, is_first);
    }

    /// Has somebody sleep for those who wait.
    fn watch(self: &Arc<Self>, mut lot: MutexGuard<'_, Lot>, is_first: bool) {
        let watched = std::mem::replace(&mut lot.watched, true);
        drop(lot);
        if !watched {
            let watch = Watch { parking: self.clone(), is_over: false };
            self.runtime.spawn(watch.keep());
        } else if is_first {
            self.sooner.notify_one();
        }
    }

    /// Lets an execution go on that was cancelled while it was parked. Its turn is forgotten, at the latest when half of all are of
    /// such ones.
    pub(super) fn recall(&self, cancelled: Box<dyn Parked>) {
        let mut lot = self.lot();
        lot.gone += 1;
        if lot.gone > lot.queue.len() / 2 {
            lot.gone = 0;
            lot.queue.retain(|Reverse(turn)| turn.entry.upgrade().is_some_and(|entry| entry.is_parked()));
            // There may be nobody left to sleep for.
            self.sooner.notify_one();
        }
        drop(lot);
        cancelled.resume(&self.runtime);
    }

    fn lot(&self) -> MutexGuard<'_, Lot> {
        // Nothing that holds the lock can panic half-way through a change.
        self.lot.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Lot {
    /// Takes out what is due, a batch at most, and says when the next one is.
    fn due(&mut self, now: Instant) -> (Vec<Weak<Entry>>, Option<Instant>) {
        let mut due = Vec::new();
        loop {
            match self.queue.peek_mut() {
                None => return (due, None),
                Some(first) if first.0.due > now || due.len() == BATCH => return (due, Some(first.0.due)),
                Some(first) => due.push(PeekMut::pop(first).0.entry),
            }
        }
    }
}

/// The task that sleeps for all.
struct Watch {
    parking: Arc<Parking>,
    /// Whether nobody waits any more.
    is_over: bool,
}

impl Watch {
    async fn keep(mut self) {
        while let Some(next) = self.wake() {
            self.take_up_stored().await;
            if next <= Instant::now() {
                // There are more. Those that were woken have their turn first.
                tokio::task::yield_now().await;
            } else {
                // Either the time has come, or there is a turn before it.
                let _ = timeout_at(next, self.parking.sooner.notified()).await;
            }
        }
    }

    /// Takes up what is due in the store.
    async fn take_up_stored(&self) {
        let stored = self.parking.lot().stored.take_if(|(due, _)| *due <= Instant::now());
        let Some(engine) = stored.and_then(|(_, engine)| engine.upgrade()) else { return };
        // Where the store cannot be read it cannot be written either, which stops the engine.
        if let Ok(Some(next)) = engine.take_up_due().await {
            self.parking.expect(Arc::downgrade(&engine), engine.epoch.instant(next));
        }
    }

    /// Wakes what is due, and says when the next one is.
    fn wake(&mut self) -> Option<Instant> {
        let mut lot = self.parking.lot();
        let (due, next) = lot.due(Instant::now());
        let stored = lot.stored.as_ref().map(|(due, _)| *due);
        let next = next.into_iter().chain(stored).min();
        self.is_over = next.is_none();
        lot.watched = !self.is_over;
        drop(lot);
        let due: Vec<_> = due.into_iter().filter_map(|entry| entry.upgrade()?.unpark()).collect();
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
        if self.is_over {
            return;
        }
        let mut lot = self.parking.lot();
        let queue = std::mem::take(&mut lot.queue);
        lot.watched = false;
        drop(lot);
        // An execution does things when it is dropped; the lot is not locked then.
        queue.into_iter().filter_map(|Reverse(turn)| turn.entry.upgrade()?.unpark()).for_each(drop);
    }
}

impl Ord for Turn {
    fn cmp(&self, other: &Self) -> Ordering {
        self.due.cmp(&other.due)
    }
}

impl PartialOrd for Turn {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Turn {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Turn {}

impl fmt::Debug for Parking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parking").finish_non_exhaustive()
    }
}
