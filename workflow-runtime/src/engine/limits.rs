//! How much happens in an engine at once: [`Gates`] in front of tasks, and the room for executions.

use std::collections::BTreeMap;
use std::sync::{Arc, Weak};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{Shared, StartError};

/// The place of an execution among those that may be under way. `None` where there is no bound, and for one that goes on regardless.
/// Boxed, so that executions which are parked without a bound have no room for it.
pub(crate) type Room = Option<Box<OwnedSemaphorePermit>>;

/// What tasks pass before they run: first come, first served.
#[derive(Debug, Default)]
pub(crate) struct Gates {
    all: Option<Arc<Semaphore>>,
    /// By the workflows' names.
    of: BTreeMap<&'static str, Arc<Semaphore>>,
}

/// That a task may run, until this is dropped.
#[doc(hidden)]
#[derive(Debug)]
pub struct Admitted {
    _of: Option<OwnedSemaphorePermit>,
    _all: Option<OwnedSemaphorePermit>,
}

impl Gates {
    pub(super) fn new(all: Option<usize>, of: &BTreeMap<&'static str, usize>) -> Option<Arc<Self>> {
        let of: BTreeMap<_, _> = of.iter().map(|(name, count)| (*name, semaphore(*count))).collect();
        let is_open = all.is_none() && of.is_empty();
        (!is_open).then(|| Arc::new(Gates { all: all.map(semaphore), of }))
    }

    /// Waits until a task of this workflow's executions may run.
    pub(crate) async fn admit(self: Arc<Self>, workflow: &str) -> Admitted {
        // Its own comes first, so that nobody waits for it with a permit that others could use.
        let of = acquire(self.of.get(workflow)).await;
        Admitted { _of: of, _all: acquire(self.all.as_ref()).await }
    }
}

/// A semaphore with at least one permit: with none, nothing would ever happen.
pub(super) fn semaphore(count: usize) -> Arc<Semaphore> {
    Arc::new(Semaphore::new(count.clamp(1, Semaphore::MAX_PERMITS)))
}

/// A permit. `None` where there is nothing to wait for.
async fn acquire(semaphore: Option<&Arc<Semaphore>>) -> Option<OwnedSemaphorePermit> {
    match semaphore {
        // It is never closed.
        Some(semaphore) => semaphore.clone().acquire_owned().await.ok(),
        None => None,
    }
}

impl Shared {
    /// Waits until there is room for an execution.
    pub(super) async fn make_room(&self) -> Result<Room, StartError> {
        match &self.room {
            Some(room) => room
                .clone()
                .acquire_owned()
                .await
                .map(|permit| Some(Box::new(permit)))
                .map_err(|_| StartError::ShutDown),
            None => Ok(None),
        }
    }

    /// From now on there is no room.
    pub(super) fn close_room(&self) {
        if let Some(room) = &self.room {
            room.close();
        }
    }

    /// The room for an execution whose time has come, as far as there is any.
    pub(super) fn spare_room(&self) -> Room {
        self.room.as_ref().and_then(|room| room.clone().try_acquire_owned().ok()).map(Box::new)
    }
}

/// Takes these executions up, each when there is room for it.
pub(super) async fn take_up_in_turn(engine: Weak<Shared>, room: Arc<Semaphore>, numbers: Vec<u64>) {
    for number in numbers {
        let Ok(permit) = room.clone().acquire_owned().await else { return };
        let Some(engine) = engine.upgrade() else { return };
        let Some(durable) = &engine.durable else { return };
        // Where the store cannot be read it cannot be written either, which stops the engine.
        if let Ok(Some(tree)) = durable.commits.store().tree(number) {
            engine.take_up(tree, Some(Box::new(permit)));
        }
    }
}
