//! Where an engine writes down what its executions do, so that they outlive the process: [`Store`].
//!
//! An execution is a row with its input and, once it has ended, its outcome; a [`Checkpoint`] for itself and for each branch that is
//! under way, from which it goes on; and its history, which is only ever added to. The engine hands over [`Step`]s, many at a time,
//! and waits until they are durable before it does anything that the world could notice. A store knows nothing of workflows.

mod error;
mod memory;
mod millis;
mod refusal;
mod removal;
mod row;
#[cfg(feature = "sqlite")]
mod sqlite;
mod step;

use std::collections::BTreeSet;
use std::fmt;
use std::time::SystemTime;

use crate::Status;

pub use error::StoreError;
pub use memory::Memory;
pub use removal::{Removal, Removed};
pub use row::{Filter, Saved, Stop, StoredExecution, Timer, Tree};
#[cfg(feature = "sqlite")]
pub use sqlite::{Sqlite, SqliteOptions};
pub use step::{Answer, BranchChange, Checkpoint, End, Events, Park, Start, Step};

/// What keeps the executions of an engine.
///
/// All calls block, for a few milliseconds at most. The engine commits from one thread at a time; reading goes on beside that.
pub trait Store: fmt::Debug + Send + Sync + 'static {
    /// Writes all steps, or none of them, and returns when they would survive a loss of power.
    ///
    /// Steps come in the order in which they happened, and hold what changed: what a step does not mention stays as it is.
    ///
    /// # Errors
    ///
    /// When the steps are not durable. The engine stops then: what it has not written has not happened. After a disk has failed the steps
    /// may be there when the store is opened again, all of them or none; an engine goes on from either. It is also an error to start what is
    /// there already, or to go on with what is not there or has ended.
    fn commit(&self, steps: &[Step]) -> Result<(), StoreError>;

    /// A number that each engine on this store is given, by which it tells its task tokens from those of other stores.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    fn secret(&self) -> Result<u128, StoreError>;

    /// The number of the execution that was started last, and the place of the last events: 0 before there are any.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    fn last(&self) -> Result<(u64, u64), StoreError>;

    /// The execution of this workflow with this name.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    fn find(&self, workflow: &str, name: &str) -> Result<Option<StoredExecution>, StoreError>;

    /// The execution with this number.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    fn execution(&self, number: u64) -> Result<Option<StoredExecution>, StoreError>;

    /// Executions in the order of their starts or against it, nested ones too.
    ///
    /// # Errors
    ///
    /// When they cannot be read.
    fn list(&self, filter: &Filter) -> Result<Vec<StoredExecution>, StoreError>;

    /// The numbers of the executions that were on their way when they were written last: that run, are not parked, and are not a part
    /// of another one.
    ///
    /// # Errors
    ///
    /// When they cannot be read.
    fn unfinished(&self) -> Result<Vec<u64>, StoreError>;

    /// The parked executions that are due until then, at most so many, those that are due first before the others.
    ///
    /// # Errors
    ///
    /// When they cannot be read.
    fn due(&self, until: SystemTime, limit: usize) -> Result<Vec<Timer>, StoreError>;

    /// When the parked execution that comes first after this time is due.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    fn next_due(&self, after: SystemTime) -> Result<Option<SystemTime>, StoreError>;

    /// The numbers of the parked executions that were started by other code than this: of workflows that are not in the list, or whose
    /// [fingerprint](Start::fingerprint) was another one than in the list.
    ///
    /// By default all executions that run are looked through for them.
    ///
    /// # Errors
    ///
    /// When they cannot be read.
    fn changed(&self, known: &[(&str, u64)]) -> Result<Vec<u64>, StoreError> {
        let running = self.list(&Filter { status: Some(Status::Running), ..Filter::default() })?;
        let under_way: BTreeSet<u64> = self.unfinished()?.into_iter().collect();
        let is_known = |stored: &StoredExecution| known.contains(&(stored.workflow.as_str(), stored.fingerprint));
        let is_parked = |stored: &StoredExecution| stored.link.is_none() && !under_way.contains(&stored.number);
        let changed = running.iter().filter(|stored| is_parked(stored) && !is_known(stored));
        Ok(changed.map(|stored| stored.number).collect())
    }

    /// All that is needed to go on with an execution: its checkpoints, and the executions that are a part of it, with theirs.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    fn tree(&self, number: u64) -> Result<Option<Tree>, StoreError>;

    /// The events of an execution, as they were written: the parts in their order, from the one that holds event `from` on. There are
    /// none where so many events are not there yet.
    ///
    /// # Errors
    ///
    /// When they cannot be read.
    fn history(&self, number: u64, from: u64) -> Result<Vec<Events>, StoreError>;

    /// Removes executions that have ended, with their parts and their histories: the ones that ended first before the others, in one
    /// transaction, which says what is gone. There may be more where it is as many as [`Removal::limit`] has.
    ///
    /// Their names can be given anew; their numbers, and the places of their events, are never given again.
    ///
    /// # Errors
    ///
    /// When they cannot be removed. All of them are there then.
    fn remove(&self, removal: &Removal) -> Result<Vec<Removed>, StoreError>;

    /// The executions that other processes have asked to be stopped, and that run. The engine looks at them each second, unless there are
    /// `None` at its start: no other process can ask then.
    ///
    /// # Errors
    ///
    /// When they cannot be read.
    fn stops(&self) -> Result<Option<Vec<Stop>>, StoreError> {
        Ok(None)
    }
}

/// A number that nobody can guess.
fn random_secret() -> u128 {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    u128::from_ne_bytes(bytes)
}

/// How many events are in a JSON array of them.
fn count(json: &str) -> u64 {
    serde_json::from_str::<Vec<serde::de::IgnoredAny>>(json).map_or(0, |events| events.len() as u64)
}
