//! A store without a file: [`Memory`].

mod check;
mod data;

use std::fmt;
use std::ops::Bound;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use self::data::Data;
use super::millis::Millis;
use super::{Events, Filter, Removal, Removed, Step, Store, StoreError, StoredExecution, Timer, Tree};

/// A store that keeps everything in memory, for tests: it survives an engine, but not the process.
///
/// Clones are handles on the same executions. A test keeps one, drops the engine as a crash would, and starts another engine on it.
///
/// ```
/// use workflow_runtime::store::{Filter, Memory, Store};
///
/// let store = Memory::new();
/// let the_same = store.clone();
/// assert_eq!(store.secret()?, the_same.secret()?);
/// assert_eq!(the_same.list(&Filter::default())?, []);
/// # Ok::<(), workflow_runtime::store::StoreError>(())
/// ```
#[derive(Clone)]
pub struct Memory {
    data: Arc<Mutex<Data>>,
    secret: u128,
}

impl Memory {
    /// A store with nothing in it.
    pub fn new() -> Self {
        Memory { data: Arc::default(), secret: super::random_secret() }
    }

    fn data(&self) -> MutexGuard<'_, Data> {
        // Nothing panics between two changes that belong together.
        self.data.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Memory {
    fn default() -> Self {
        Memory::new()
    }
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memory").field("executions", &self.data().executions.len()).finish_non_exhaustive()
    }
}

impl Store for Memory {
    fn commit(&self, steps: &[Step]) -> Result<(), StoreError> {
        let mut data = self.data();
        check::all(&data, steps)?;
        for step in steps {
            data.apply(step);
        }
        Ok(())
    }

    fn secret(&self) -> Result<u128, StoreError> {
        Ok(self.secret)
    }

    fn last(&self) -> Result<(u64, u64), StoreError> {
        let data = self.data();
        Ok(data.last)
    }

    fn find(&self, workflow: &str, name: &str) -> Result<Option<StoredExecution>, StoreError> {
        let data = self.data();
        let number = data.names.get(&(workflow.into(), name.into()));
        Ok(number.and_then(|number| data.stored(*number)))
    }

    fn execution(&self, number: u64) -> Result<Option<StoredExecution>, StoreError> {
        Ok(self.data().stored(number))
    }

    fn list(&self, filter: &Filter) -> Result<Vec<StoredExecution>, StoreError> {
        let data = self.data();
        let after = filter.after.map_or(0, |number| number.saturating_add(1));
        let mut wanted = data.executions.range(after..).filter(|(_, row)| {
            filter.workflow.as_ref().is_none_or(|workflow| row.start.workflow == workflow)
                && filter.name.as_ref().is_none_or(|name| *row.start.name == **name)
                && filter.status.is_none_or(|status| row.status() == status)
        });
        let wanted = std::iter::from_fn(|| if filter.newest_first { wanted.next_back() } else { wanted.next() });
        let limit = filter.limit.unwrap_or(usize::MAX);
        Ok(wanted.take(limit).filter_map(|(number, _)| data.stored(*number)).collect())
    }

    fn unfinished(&self) -> Result<Vec<u64>, StoreError> {
        Ok(self.data().under_way.iter().copied().collect())
    }

    fn due(&self, until: SystemTime, limit: usize) -> Result<Vec<Timer>, StoreError> {
        let until = (Millis::of(until), u64::MAX);
        Ok(self.data().parked.range(..=until).take(limit).map(|(due, execution)| timer(*due, *execution)).collect())
    }

    fn next_due(&self, after: SystemTime) -> Result<Option<SystemTime>, StoreError> {
        let data = self.data();
        let after = (Bound::Excluded((Millis::of(after), u64::MAX)), Bound::Unbounded);
        Ok(data.parked.range(after).next().map(|(due, _)| due.time()))
    }

    fn tree(&self, number: u64) -> Result<Option<Tree>, StoreError> {
        Ok(self.data().tree(number))
    }

    fn remove(&self, removal: &Removal) -> Result<Vec<Removed>, StoreError> {
        Ok(self.data().remove(removal))
    }

    fn history(&self, number: u64, from: u64) -> Result<Vec<Events>, StoreError> {
        Ok(self.data().history_of(number, from))
    }
}

fn timer(due: Millis, execution: u64) -> Timer {
    Timer { due: due.time(), execution }
}
