//! How an engine goes on with the executions that it finds in its store.

use std::sync::Arc;
use std::time::SystemTime;

use super::journey::Journey;
use super::limits::{self, Room};
use super::{AnyWorkflow, Begun, Engine, Entry, Ledger, Shared};
use crate::history::Recorder;
use crate::run::{Resumed, Unfit, progress, restore};
use crate::store::{Park, StoreError, StoredExecution, Tree};
use crate::workflow::Workflow;
use crate::{ExecutionId, Status};

/// How many executions are taken up at a time when their waits end.
const BATCH: usize = 1_024;

impl Engine {
    /// Goes on with all that was on its way, and looks at what waits whether it could.
    pub(super) fn recover(&self) -> Result<(), StoreError> {
        let Some(durable) = &self.shared.durable else { return Ok(()) };
        let store = durable.commits.store();
        let workflows = self.shared.by_name.values();
        let known: Vec<_> = workflows.map(|workflow| (workflow.name(), workflow.fingerprint())).collect();
        for number in store.changed(&known)? {
            if let Some(tree) = store.tree(number)? {
                let fits = self.shared.code_of(&tree).and_then(|workflow| workflow.fits(&tree));
                self.shared.strand_unless(fits, number, &tree.execution);
            }
        }
        let unfinished = store.unfinished()?;
        if let Some(room) = &self.shared.room {
            let turns = limits::take_up_in_turn(Arc::downgrade(&self.shared), room.clone(), unfinished);
            self.shared.parking.runtime().spawn(turns);
        } else {
            for number in unfinished {
                if let Some(tree) = store.tree(number)? {
                    self.shared.take_up(tree, None);
                }
            }
        }
        self.shared.expect_stored()
    }
}

impl Shared {
    /// Goes on with an execution of some workflow.
    pub(super) fn take_up(self: &Arc<Self>, tree: Tree, room: Room) {
        let stored = tree.execution.clone();
        let taken = self.code_of(&tree).and_then(|workflow| workflow.clone().take_up(self, tree, room).map(drop));
        self.strand_unless(taken, stored.number, &stored);
    }

    /// The workflow that an execution is of.
    fn code_of(&self, tree: &Tree) -> Result<&Arc<dyn AnyWorkflow>, Unfit> {
        let name = &tree.execution.workflow;
        self.by_name.get(&**name).ok_or_else(|| {
            Unfit::for_good(format!(
                "the engine has no workflow `{name}`; add it with `.workflow(…)` when the engine is built"
            ))
        })
    }

    fn strand_unless(&self, fits: Result<(), Unfit>, number: u64, stored: &StoredExecution) {
        if let (Err(unfit), Some(durable)) = (fits, &self.durable) {
            let id = ExecutionId::read(&stored.workflow, &stored.name);
            durable.strand.add(number, id, (number, None), unfit, false);
        }
    }

    /// Goes on with an execution of this workflow.
    pub(super) fn go_on<W: Workflow>(
        self: &Arc<Self>,
        workflow: Arc<W>,
        tree: Tree,
        room: Room,
    ) -> Result<Arc<Entry>, Unfit> {
        let input = fits::<W>(&tree)?;
        let is_parked = tree.checkpoint.as_ref().is_some_and(|saved| saved.progress.contains("\"wait\""));
        let entry = match self.enter(tree.execution.clone(), self.begun_again::<W>(&tree.execution), None, tree) {
            Ok(entry) => entry,
            // It is on its way already.
            Err(known) => return Ok(known),
        };
        if let Some(ledger) = entry.ledger().filter(|_| is_parked) {
            ledger.park(Park::Over);
        }
        let recorder = Recorder::again(self.clone(), entry.clone());
        Journey::again(workflow, input, recorder, entry.started(), room).set_out(self.parking.runtime());
        Ok(entry)
    }

    /// An execution that is a part of `parent`, which runs it.
    pub(super) fn take_up_entry<C: Workflow>(self: &Arc<Self>, tree: Tree, parent: Option<&Arc<Entry>>) -> Arc<Entry> {
        let (stored, mut begun) = (tree.execution.clone(), self.begun_again::<C>(&tree.execution));
        begun.parent = parent.map(|parent| parent.id.clone());
        self.enter(stored, begun, parent, tree).unwrap_or_else(|known| known)
    }

    fn enter(
        self: &Arc<Self>,
        stored: StoredExecution,
        begun: Begun,
        parent: Option<&Arc<Entry>>,
        tree: Tree,
    ) -> Result<Arc<Entry>, Arc<Entry>> {
        let commits = self.durable.as_ref().map(|durable| durable.commits.clone());
        let commits = commits.expect("what is taken up comes from a store");
        let ledger = Ledger::taken_up(commits, parent.cloned(), tree);
        let taken = self.register().take_up(Entry::taken_up(begun, &stored, ledger));
        if let Some(durable) = &self.durable {
            durable.changed.notify_waiters();
        }
        taken
    }

    fn begun_again<W: Workflow>(&self, stored: &StoredExecution) -> Begun {
        let id = ExecutionId::read(W::NAME, &stored.name);
        Begun { started: stored.started, ..self.begun::<W>(id, None, stored.input.clone()) }
    }

    /// The execution with this identity, if it is in the store only. One that waits goes on doing so in here.
    pub(super) fn find_stored(self: &Arc<Self>, id: &ExecutionId) -> Option<Arc<Entry>> {
        let store = self.durable.as_ref()?.commits.store();
        // Where it cannot be read, nothing is known of it.
        let stored = store.find(id.workflow(), id.name()).ok()??;
        let tree = store.tree(stored.number).ok()??;
        let mut misfit = None;
        if stored.status == Status::Running
            && stored.link.is_none()
            && let Some(workflow) = self.by_name.get(&*stored.workflow)
        {
            match workflow.clone().take_up(self, tree.clone(), self.spare_room()) {
                Ok(entry) => return Some(entry),
                Err(unfit) => misfit = Some(unfit),
            }
        }
        let begun = Begun {
            id: ExecutionId::read(&stored.workflow, &stored.name),
            parent: self.id_of(stored.parent),
            input: stored.input.clone(),
            started: stored.started,
            is_limited: false,
        };
        let commits = self.durable.as_ref()?.commits.clone();
        let entry = Arc::new(Entry::taken_up(begun, &stored, Ledger::taken_up(commits, None, tree)));
        if let (Some(unfit), Some(durable)) = (misfit, &self.durable) {
            durable.strand.add(entry.number, entry.id.clone(), (entry.number, None), unfit, false);
            entry.suspend();
        }
        Some(entry)
    }

    fn id_of(&self, number: Option<u64>) -> Option<ExecutionId> {
        let stored = self.durable.as_ref()?.commits.store().execution(number?).ok()??;
        Some(ExecutionId::read(&stored.workflow, &stored.name))
    }

    /// Has the next execution woken that is kept in the store only.
    pub(super) fn expect_stored(self: &Arc<Self>) -> Result<(), StoreError> {
        let Some(durable) = &self.durable else { return Ok(()) };
        if let Some(due) = durable.commits.store().next_due(SystemTime::UNIX_EPOCH)? {
            self.parking.expect(Arc::downgrade(self), self.epoch.instant(due));
        }
        Ok(())
    }

    /// Takes up what is due, and says when the next one is.
    pub(super) async fn take_up_due(self: &Arc<Self>) -> Result<Option<SystemTime>, StoreError> {
        let Some(durable) = &self.durable else { return Ok(None) };
        let (store, now) = (durable.commits.store(), self.epoch.calendar());
        loop {
            let due = store.due(now, BATCH)?;
            let is_all = due.len() < BATCH;
            for timer in due {
                if let Some(tree) = store.tree(timer.execution)? {
                    self.wake(tree);
                }
            }
            // From here on the store gives the others.
            if durable.commits.settled(durable.commits.queued()).await.is_err() {
                return Ok(None);
            }
            if is_all {
                return store.next_due(now);
            }
        }
    }

    /// Takes up an execution whose wait is over. One that does not fit is not asked for again.
    fn wake(self: &Arc<Self>, tree: Tree) {
        let number = tree.execution.number;
        let id = ExecutionId::read(&tree.execution.workflow, &tree.execution.name);
        self.take_up(tree, self.spare_room());
        let entry = self.register().find(&id);
        match (entry.as_ref().and_then(|entry| entry.ledger()), &self.durable) {
            // That it is on its way was noted when it was taken up.
            (Some(ledger), _) => {
                ledger.queue();
            }
            (None, Some(durable)) => {
                let step = crate::store::Step { execution: number, park: Some(Park::Over), ..Default::default() };
                durable.commits.queue(&mut vec![step]);
            }
            (None, None) => {}
        }
    }
}

/// The input of an execution that has not come to its first state. What else is written down of it must fit the code.
pub(super) fn fits<W: Workflow>(tree: &Tree) -> Result<Option<W::Input>, Unfit> {
    let fits = match &tree.checkpoint {
        None => {
            let input = progress::read(&tree.execution.input);
            input.map(Some).map_err(|error| format!("its input no longer fits `{}`: {error}", W::NAME))
        }
        Some(saved) => Resumed::try_from(saved.clone())
            .map_err(|error| format!("its progress is no JSON: {error}"))
            .and_then(|resumed| restore::<W>(&resumed).map(|_| None)),
    };
    fits.map_err(Unfit::new::<W>)
}
