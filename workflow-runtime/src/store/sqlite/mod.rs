//! A store in a file: [`Sqlite`].

mod damage;
mod header;
mod lock;
mod log;
mod migrate;
mod open;
mod opened;
mod read;
mod remove;
mod stops;
#[cfg(test)]
mod tests;
mod write;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use rusqlite::Connection;

use self::lock::Lock;
use self::log::Log;
pub use self::open::SqliteOptions;
use self::opened::Opened;
use super::millis::Millis;
use super::{Events, Filter, Removal, Removed, Step, Stop, Store, StoreError, StoredExecution, Timer, Tree};

/// A store in one SQLite file, beside which SQLite keeps two more (`-wal`, `-shm`) and this store one (`-lock`) while it is open.
///
/// What was committed survives a crash of the process and a loss of power. One process writes to a file; others may read it
/// meanwhile, with [`Sqlite::open_read_only`] or with the `sqlite3` shell: `docs/store.md` says what is in it.
///
/// ```
/// use workflow_runtime::store::{Filter, Sqlite, Store};
///
/// # let folder = std::env::temp_dir().join(format!("sqlite-doctest-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// # let path = folder.join("workflows.db");
/// let store = Sqlite::open(&path)?;
/// assert_eq!(store.list(&Filter::default())?, []);
///
/// let refused = Sqlite::open(&path).expect_err("it is open already").to_string();
/// assert!(refused.ends_with(&format!("is in use by process {}: only one can write to it", std::process::id())));
/// # drop(store);
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Sqlite {
    /// Reads beside the writer. A store in memory reads on its only connection.
    reader: Option<Mutex<Connection>>,
    writer: Mutex<Connection>,
    /// `None` where nothing is written to a file.
    log: Option<Log>,
    place: Place,
    /// Given back when SQLite has closed the file.
    _opened: Option<Opened>,
    /// Given back last, when SQLite has closed the file.
    _lock: Option<Lock>,
}

/// Where a store is, for messages.
#[derive(Clone, Debug)]
enum Place {
    File(PathBuf),
    Memory,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::File(path) => write!(f, "`{}`", path.display()),
            Place::Memory => f.write_str("the store in memory"),
        }
    }
}

impl Sqlite {
    /// Opens the store in this file, which is made if it is not there.
    ///
    /// # Errors
    ///
    /// When another process has it open, when it cannot be read or written, when it is damaged or no store at all, and when a newer
    /// version of this library wrote it. The file is left as it is then.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        Sqlite::options().open(path)
    }

    /// Opens the store in this file for reading, which another process may be writing to. [`Store::commit`] is an error then.
    ///
    /// # Errors
    ///
    /// As for [`Sqlite::open`], and when there is no such file. That another process has it open is none.
    pub fn open_read_only(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        open::read_only(path.as_ref())
    }

    /// Asks the process that writes to this file to stop an execution: its engine looks each second. What is asked for outlives that process,
    /// and is nothing where the execution has ended.
    ///
    /// # Errors
    ///
    /// When the file is no store, or cannot be written.
    pub fn ask_to_stop(path: impl AsRef<Path>, stop: &Stop) -> Result<(), StoreError> {
        stops::ask(path.as_ref(), stop)
    }

    /// Removes ended executions in this file beside the process that writes to it, as [`Store::remove`] does. That process may know of them for
    /// a little longer.
    ///
    /// # Errors
    ///
    /// When the file is no store, or cannot be written.
    pub fn remove_beside(path: impl AsRef<Path>, removal: &Removal) -> Result<Vec<Removed>, StoreError> {
        remove::beside(path.as_ref(), removal)
    }

    /// A store that is gone when it is dropped.
    ///
    /// ```
    /// use workflow_runtime::store::{Sqlite, Store};
    ///
    /// assert_eq!(Sqlite::in_memory()?.last()?, (0, 0));
    /// # Ok::<(), workflow_runtime::store::StoreError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When SQLite has no memory for it.
    pub fn in_memory() -> Result<Self, StoreError> {
        open::in_memory()
    }

    /// Other ways to open a store.
    pub fn options() -> SqliteOptions {
        SqliteOptions::default()
    }

    fn reader(&self) -> MutexGuard<'_, Connection> {
        let connection = self.reader.as_ref().unwrap_or(&self.writer);
        // What a panic has interrupted is rolled back: a connection is always whole.
        connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read<T>(&self, what: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        what(&self.reader()).map_err(|error| damage::said("read", &self.place, error))
    }
}

impl fmt::Debug for Sqlite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sqlite").field("place", &self.place).finish_non_exhaustive()
    }
}

impl Store for Sqlite {
    fn commit(&self, steps: &[Step]) -> Result<(), StoreError> {
        let mut connection = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        write::commit(&mut connection, steps).map_err(|refused| match refused {
            write::Refused::Step(error) => error,
            write::Refused::Sqlite(error) => damage::said("write to", &self.place, error),
        })?;
        if let Some(log) = &self.log {
            log.keep_short(&connection);
        }
        Ok(())
    }

    fn secret(&self) -> Result<u128, StoreError> {
        self.read(read::secret)
    }

    fn last(&self) -> Result<(u64, u64), StoreError> {
        self.read(read::last)
    }

    fn find(&self, workflow: &str, name: &str) -> Result<Option<StoredExecution>, StoreError> {
        self.read(|connection| read::find(connection, workflow, name))
    }

    fn execution(&self, number: u64) -> Result<Option<StoredExecution>, StoreError> {
        self.read(|connection| read::execution(connection, number))
    }

    fn list(&self, filter: &Filter) -> Result<Vec<StoredExecution>, StoreError> {
        self.read(|connection| read::list(connection, filter))
    }

    fn unfinished(&self) -> Result<Vec<u64>, StoreError> {
        self.read(read::unfinished)
    }

    fn due(&self, until: SystemTime, limit: usize) -> Result<Vec<Timer>, StoreError> {
        self.read(|connection| read::due(connection, Millis::of(until), limit))
    }

    fn next_due(&self, after: SystemTime) -> Result<Option<SystemTime>, StoreError> {
        self.read(|connection| read::next_due(connection, Millis::of(after)))
    }

    fn changed(&self, known: &[(&str, u64)]) -> Result<Vec<u64>, StoreError> {
        self.read(|connection| read::changed(connection, known))
    }

    fn tree(&self, number: u64) -> Result<Option<Tree>, StoreError> {
        self.read(|connection| read::tree(connection, number))
    }

    fn history(&self, number: u64, from: u64) -> Result<Vec<Events>, StoreError> {
        self.read(|connection| read::history(connection, number, from))
    }

    fn remove(&self, removal: &Removal) -> Result<Vec<Removed>, StoreError> {
        let mut connection = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        remove::remove(&mut connection, removal).map_err(|error| damage::said("write to", &self.place, error))
    }

    fn stops(&self) -> Result<Option<Vec<Stop>>, StoreError> {
        match self.place {
            Place::File(_) => self.read(stops::asked).map(Some),
            Place::Memory => Ok(None),
        }
    }
}
