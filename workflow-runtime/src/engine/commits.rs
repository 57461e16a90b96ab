//! How steps come into the store: many at a time, by whoever comes first.
//!
//! An execution that needs its step to be durable queues it. The first one of those that wait leads: it writes all that is queued by then,
//! on its own thread, and wakes the others. Nobody hands anything to another thread, which would take longer than the writing itself
//! where there is one execution only.

use std::collections::BTreeMap;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use tokio::sync::Notify;

use crate::store::{Step, Store, StoreError};

/// The queue of steps on their way into a store.
pub(crate) struct Commits {
    store: Arc<dyn Store>,
    queue: Mutex<Queue>,
    /// The place of the events that were queued last.
    place: AtomicU64,
    /// Told when the store has failed.
    failed: Notify,
}

#[derive(Default)]
struct Queue {
    steps: Vec<Step>,
    /// How many times somebody has queued steps.
    queued: u64,
    /// Up to which of those they are durable.
    durable: u64,
    /// Whether somebody is writing.
    is_led: bool,
    /// Those that wait, by what they wait for.
    waiting: BTreeMap<u64, Vec<Waker>>,
    /// Why nothing is written any more.
    failure: Option<Arc<StoreError>>,
}

impl Commits {
    pub(crate) fn new(store: Arc<dyn Store>, place: u64) -> Self {
        Commits { store, queue: Mutex::default(), place: AtomicU64::new(place), failed: Notify::new() }
    }

    pub(crate) fn store(&self) -> &Arc<dyn Store> {
        &self.store
    }

    /// The place of the next events.
    pub(super) fn place(&self) -> u64 {
        self.place.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Queues steps that are written together, and gives the number to [wait](Self::durable) for.
    pub(super) fn queue(&self, steps: &mut Vec<Step>) -> u64 {
        let mut queue = self.lock();
        if queue.failure.is_none() {
            queue.steps.append(steps);
        }
        queue.queued += 1;
        queue.queued
    }

    /// Waits until what was queued under this number is durable. After the store has failed that is never.
    pub(super) fn durable(self: &Arc<Self>, number: u64) -> Durable {
        Durable { commits: self.clone(), number, is_waiting: false }
    }

    /// The number under which all that is queued by now is durable.
    pub(super) fn queued(&self) -> u64 {
        self.lock().queued
    }

    /// Waits until all that is queued is durable, or says why nothing is any more.
    pub(super) async fn settled(self: &Arc<Self>, number: u64) -> Result<(), Arc<StoreError>> {
        let (mut durable, mut failure) = (pin!(self.durable(number)), pin!(self.failure()));
        poll_fn(|context| match durable.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Ok(())),
            Poll::Pending => failure.as_mut().poll(context).map(Err),
        })
        .await
    }

    /// Why the store has failed, once it has.
    pub(super) async fn failure(&self) -> Arc<StoreError> {
        loop {
            let told = self.failed.notified();
            if let Some(failure) = &self.lock().failure {
                return failure.clone();
            }
            told.await;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        // Nothing that holds the lock can panic half-way through a change.
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes what is queued.
    fn lead(&self, mut queue: MutexGuard<'_, Queue>) {
        queue.is_led = true;
        let (steps, number) = (std::mem::take(&mut queue.steps), queue.queued);
        drop(queue);
        let written = if steps.is_empty() { Ok(()) } else { self.store.commit(&steps) };
        drop(steps);
        let mut queue = self.lock();
        queue.is_led = false;
        match written {
            Ok(()) => {
                queue.durable = number;
                let later = queue.waiting.split_off(&(number + 1));
                let mut woken = std::mem::replace(&mut queue.waiting, later);
                // Of those whose steps came meanwhile, one leads next.
                let next = queue.waiting.values().next().and_then(|wakers| wakers.first().cloned());
                drop(queue);
                woken.values_mut().flat_map(std::mem::take).chain(next).for_each(Waker::wake);
            }
            Err(error) => {
                queue.failure = Some(Arc::new(error));
                queue.steps.clear();
                drop(queue);
                self.failed.notify_waiters();
            }
        }
    }
}

/// What [`Commits::durable`] gives.
pub(super) struct Durable {
    commits: Arc<Commits>,
    number: u64,
    /// Whether it may be the one that is to lead next.
    is_waiting: bool,
}

impl Future for Durable {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let commits = self.commits.clone();
        let mut queue = commits.lock();
        if queue.durable >= self.number {
            self.is_waiting = false;
            return Poll::Ready(());
        }
        if queue.failure.is_some() {
            return Poll::Pending;
        }
        if queue.is_led {
            let wakers = queue.waiting.entry(self.number).or_default();
            if !wakers.iter().any(|waker| waker.will_wake(context.waker())) {
                wakers.push(context.waker().clone());
            }
            self.is_waiting = true;
            return Poll::Pending;
        }
        commits.lead(queue);
        self.is_waiting = false;
        if commits.lock().failure.is_some() { Poll::Pending } else { Poll::Ready(()) }
    }
}

impl Drop for Durable {
    /// Who was to lead and is gone leaves it to another one.
    fn drop(&mut self) {
        if self.is_waiting {
            let queue = self.commits.lock();
            let next = if queue.is_led { None } else { queue.waiting.values().flatten().next().cloned() };
            drop(queue);
            if let Some(next) = next {
                next.wake();
            }
        }
    }
}

impl fmt::Debug for Commits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Commits").field("store", &self.store).finish_non_exhaustive()
    }
}
