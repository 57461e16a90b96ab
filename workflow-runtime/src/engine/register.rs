//! The executions of an engine that can be looked up: those that run, and the last ones that ended.

use std::borrow::Borrow;
use std::collections::{BTreeSet, HashSet, VecDeque};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::{Begun, Entry, Ledger, Status};
use crate::ExecutionId;

#[derive(Default)]
pub(super) struct Register {
    executions: HashSet<Registered>,
    /// How many were started.
    started: u64,
    /// Whether the engine was shut down.
    is_closed: bool,
    /// Those that ended, oldest first.
    ended: VecDeque<Arc<Entry>>,
}

impl Register {
    /// From now on, only what runs already may start executions.
    pub(super) fn close(&mut self) {
        self.is_closed = true;
    }

    /// Enters an execution that somebody outside is about to start, unless the engine was shut down.
    pub(super) fn admit(&mut self, begun: Begun, ledger: impl FnOnce(u64) -> Option<Ledger>) -> Option<Arc<Entry>> {
        (!self.is_closed).then(|| self.enrol(begun, ledger))
    }

    /// Enters an execution that is about to start.
    pub(super) fn enrol(&mut self, begun: Begun, ledger: impl FnOnce(u64) -> Option<Ledger>) -> Arc<Entry> {
        self.started += 1;
        let ledger = ledger(self.started);
        let entry = Arc::new(Entry::new(begun, self.started, ledger));
        self.executions.insert(Registered(entry.clone()));
        entry
    }

    /// Goes on counting behind the executions of a store.
    pub(super) fn go_on_behind(&mut self, number: u64) {
        self.started = number;
    }

    /// Enters an execution that was taken up, unless it is here.
    pub(super) fn take_up(&mut self, entry: Entry) -> Result<Arc<Entry>, Arc<Entry>> {
        if let Some(known) = self.find(&entry.id) {
            return Err(known);
        }
        let entry = Arc::new(entry);
        self.executions.insert(Registered(entry.clone()));
        Ok(entry)
    }

    /// Forgets an execution that is in a store, unless anybody else has a handle on it.
    pub(super) fn put_away(&mut self, entry: &Arc<Entry>) -> bool {
        // One is here, one is the caller's.
        let is_unused = Arc::strong_count(entry) <= 2;
        if is_unused {
            self.executions.remove(&entry.id);
        }
        is_unused
    }

    /// Forgets the execution with this number, and what runs as a part of it.
    pub(super) fn forget_whole(&mut self, number: u64) {
        self.executions.retain(|Registered(entry)| entry.status() != Status::Running || entry.whole().number != number);
    }

    /// Notes that an execution ended. Where more than `keep` have, the one that ended longest ago is taken out.
    pub(super) fn ended(&mut self, entry: &Arc<Entry>, keep: usize) -> Option<Arc<Entry>> {
        self.ended.push_back(entry.clone());
        let forgotten = if self.ended.len() > keep { self.ended.pop_front() } else { None };
        if let Some(forgotten) = &forgotten {
            self.executions.remove(&forgotten.id);
        }
        forgotten
    }

    /// Forgets executions that have ended, and their parts.
    pub(super) fn forget_ended(&mut self, numbers: &BTreeSet<u64>) -> Vec<Arc<Entry>> {
        let is_kept =
            |entry: &Arc<Entry>| entry.status() == Status::Running || !numbers.contains(&entry.whole().number);
        let forgotten = self.ended.iter().filter(|entry| !is_kept(entry)).cloned().collect();
        self.executions.retain(|Registered(entry)| is_kept(entry));
        self.ended.retain(is_kept);
        forgotten
    }

    pub(super) fn find(&self, id: &ExecutionId) -> Option<Arc<Entry>> {
        self.executions.get(id).map(|registered| registered.0.clone())
    }

    /// Those that have not ended, in no order.
    pub(super) fn running(&self) -> Vec<Arc<Entry>> {
        let running = self.executions.iter().filter(|registered| registered.0.status() == Status::Running);
        running.map(|registered| registered.0.clone()).collect()
    }

    /// All executions, in no order.
    pub(super) fn all(&self) -> Vec<Arc<Entry>> {
        self.executions.iter().map(|registered| registered.0.clone()).collect()
    }
}

/// An execution, found by the identity in its entry, of which there need not be a second one here.
struct Registered(Arc<Entry>);

impl Borrow<ExecutionId> for Registered {
    fn borrow(&self) -> &ExecutionId {
        &self.0.id
    }
}

impl Hash for Registered {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.id.hash(state);
    }
}

impl PartialEq for Registered {
    fn eq(&self, other: &Self) -> bool {
        self.0.id == other.0.id
    }
}

impl Eq for Registered {}
