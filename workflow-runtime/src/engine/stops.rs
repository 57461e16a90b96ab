//! Executions that other processes ask the engine to stop, through its store.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::{Arc, Weak};
use std::task::Poll;
use std::time::{Duration, SystemTime};

use tokio::time::sleep;

use super::{AnyExecution, Durability, Engine, Shared};
use crate::history::stored::Page;
use crate::history::{Event, EventDetail};
use crate::store::{End, Step, Stop, Store, StoreError, Tree};
use crate::{ExecutionId, Failure, Status};

/// How often the engine looks whether it is asked for anything.
const INTERVAL: Duration = Duration::from_secs(1);

impl Engine {
    /// Does what was asked for before the engine was started, and looks from now on.
    pub(super) fn heed_stops(&self) -> Result<(), StoreError> {
        let Some(durable) = &self.shared.durable else { return Ok(()) };
        let store = durable.commits.store();
        let Some(stops) = store.stops()? else { return Ok(()) };
        for Stop { execution, reason } in stops {
            abort(&**store, execution, &reason, || durable.commits.place())?;
        }
        self.shared.parking.runtime().spawn(look(Arc::downgrade(&self.shared)));
        Ok(())
    }
}

/// Stops what is asked for, for as long as there is an engine.
async fn look(engine: Weak<Shared>) {
    loop {
        sleep(INTERVAL).await;
        let commits = {
            let Some(engine) = engine.upgrade() else { return };
            let Some(durable) = engine.durable.as_ref().filter(|_| !engine.is_closing()) else { return };
            // Where the store cannot be read it cannot be written either, which stops the engine.
            let stops = durable.commits.store().stops().ok().flatten().unwrap_or_default();
            if stops.is_empty() {
                continue;
            }
            stops.into_iter().for_each(|stop| engine.stop(durable, stop));
            durable.commits.clone()
        };
        let (mut written, mut failure) = (pin!(commits.durable(commits.queued())), pin!(commits.failure()));
        poll_fn(|context| match written.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(()),
            Poll::Pending => failure.as_mut().poll(context).map(drop),
        })
        .await;
    }
}

impl Shared {
    /// Stops an execution wherever it is.
    fn stop(self: &Arc<Self>, durable: &Durability, stop: Stop) {
        let store = durable.commits.store();
        let Ok(Some(tree)) = store.tree(stop.execution) else { return };
        let id = ExecutionId::read(&tree.execution.workflow, &tree.execution.name);
        if self.register().find(&id).is_none() {
            // One that waits in the store only is taken up.
            self.find_stored(&id);
        }
        let running = self.register().find(&id).filter(|entry| !entry.is_suspended());
        match running {
            Some(entry) => {
                AnyExecution::new(entry, self.parking.clone()).cancel_with(stop.reason);
            }
            // Nobody goes on with it: its data does not fit the code.
            None => {
                durable.commits.queue(&mut steps(&tree, &stop.reason, &mut || durable.commits.place()));
                durable.strand.remove(tree.execution.number);
                self.tasks.forget(tree.execution.number);
                durable.changed.notify_waiters();
            }
        }
    }
}

/// Ends an execution that no engine runs, and what is a part of it.
pub(crate) fn abort(
    store: &dyn Store,
    execution: u64,
    reason: &Failure,
    mut place: impl FnMut() -> u64,
) -> Result<(), StoreError> {
    match store.tree(execution)? {
        Some(tree) => store.commit(&steps(&tree, reason, &mut place)),
        None => Ok(()),
    }
}

/// The last steps of an execution and its parts, which come first. Those that have ended have none.
fn steps(tree: &Tree, reason: &Failure, place: &mut impl FnMut() -> u64) -> Vec<Step> {
    let parts = Failure::new("", "");
    let mut all: Vec<Step> = tree.children.iter().flat_map(|child| steps(child, &parts, place)).collect();
    let stored = &tree.execution;
    if stored.status != Status::Running {
        return all;
    }
    let (timestamp, id) = (SystemTime::now(), stored.events + 1);
    let detail = EventDetail::ExecutionAborted { failure: reason.clone().into() };
    let mut page = Page::default();
    page.push(&Event { id, previous_event_id: 0, timestamp, detail });
    let events = page.take(|| (place(), stored.last));
    let end = End { status: Status::Aborted, output: None, failure: Some(reason.clone()), stopped: timestamp };
    all.push(Step { execution: stored.number, events, end: Some(end), ..Step::default() });
    all
}
