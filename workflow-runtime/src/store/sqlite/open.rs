//! How a store is opened, and what is refused.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension};

use super::header::inspect;
use super::migrate::{MIGRATIONS, migrate};
use super::{Lock, Log, Opened, Place, Sqlite, damage, stops};
use crate::store::StoreError;

/// How long to wait for another program that has locked the file, such as a `sqlite3` shell in a transaction.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);
/// Pages of the write-ahead log after which it is carried over into the file.
const LOG_PAGES: u32 = 4_096;
/// The same in bytes: to this the log is cut when a reader has made it longer.
pub(super) const LOG_BYTES: u32 = LOG_PAGES * 4_096;
/// Up to this size a store is read whole when it is opened, which takes some tenths of a second.
const CHECKED_BYTES: u64 = 256 << 20;

/// How a [`Sqlite`] is opened.
///
/// ```
/// use workflow_runtime::store::Sqlite;
///
/// # let folder = std::env::temp_dir().join(format!("sqlite-options-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// # let path = folder.join("workflows.db");
/// let store = Sqlite::options().relaxed().open(&path)?;
/// # drop(store);
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct SqliteOptions {
    relaxed: bool,
}

impl SqliteOptions {
    /// Does not wait for the disk at each commit: after a loss of power, or a crash of the operating system, the last commits may be
    /// missing, and their tasks run again. A crash of the process loses nothing.
    #[must_use]
    pub fn relaxed(self) -> Self {
        SqliteOptions { relaxed: true }
    }

    /// Opens the store in this file, which is made if it is not there.
    ///
    /// # Errors
    ///
    /// As for [`Sqlite::open`].
    pub fn open(self, path: impl AsRef<Path>) -> Result<Sqlite, StoreError> {
        let path = absolute(path.as_ref())?;
        let lock = Lock::take(&path)?;
        match self.open_locked(&path) {
            Ok((writer, reader, opened)) => Ok(Sqlite {
                reader: Some(Mutex::new(reader)),
                writer: Mutex::new(writer),
                log: Some(Log::of(&path)),
                place: Place::File(path),
                _opened: Some(opened),
                _lock: Some(lock),
            }),
            Err(error) => {
                lock.undo();
                Err(error)
            }
        }
    }

    fn open_locked(&self, path: &Path) -> Result<(Connection, Connection, Opened), StoreError> {
        let opened = Opened::new(path, inspect)?;
        let place = Place::File(path.to_owned());
        let cannot = |error| damage::said("open", &place, error);
        let mut writer =
            connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE).map_err(cannot)?;
        // Until all is well, closing it leaves the file as it is.
        writer.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).map_err(cannot)?;
        let version = version(&writer).map_err(cannot)?;
        if version > MIGRATIONS.len() {
            return Err(damage::newer(&place, version));
        }
        probe(&writer).map_err(cannot)?;
        check(&writer, &place)?;
        migrate(&mut writer, MIGRATIONS).map_err(cannot)?;
        self.set_up(&writer).map_err(cannot)?;
        stops::forget(&writer).map_err(cannot)?;
        writer.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false).map_err(cannot)?;
        let reader = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(cannot)?;
        Ok((writer, reader, opened))
    }

    fn set_up(&self, writer: &Connection) -> rusqlite::Result<()> {
        writer.pragma_update(None, "journal_mode", "WAL")?;
        writer.pragma_update(None, "synchronous", if self.relaxed { "NORMAL" } else { "FULL" })?;
        writer.pragma_update(None, "wal_autocheckpoint", LOG_PAGES)?;
        writer.pragma_update(None, "journal_size_limit", LOG_BYTES)
    }
}

pub(super) fn read_only(path: &Path) -> Result<Sqlite, StoreError> {
    let place = Place::File(path.to_owned());
    let file = fs::metadata(path).map_err(|error| StoreError::new(format!("cannot open {place}")).caused_by(error))?;
    if file.len() == 0 {
        return Err(StoreError::new(format!("there is nothing in {place} yet")));
    }
    let opened = Opened::new(&absolute(path)?, inspect)?;
    let cannot = |error| damage::unread(&place, error);
    let connection = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(cannot)?;
    probe(&connection).map_err(cannot)?;
    let version = version(&connection).map_err(cannot)?;
    let newest = MIGRATIONS.len();
    if version > newest {
        return Err(damage::newer(&place, version));
    }
    if version < newest {
        return Err(StoreError::new(format!(
            "{place} has version {version} of the schema, and this program reads version {newest}: open it once for writing, which \
             brings it to the newest version"
        )));
    }
    Ok(Sqlite { reader: None, writer: Mutex::new(connection), log: None, place, _opened: Some(opened), _lock: None })
}

pub(super) fn in_memory() -> Result<Sqlite, StoreError> {
    let open = || {
        let mut connection = Connection::open_in_memory()?;
        prepare(&connection)?;
        migrate(&mut connection, MIGRATIONS)?;
        Ok(connection)
    };
    let connection = open().map_err(|error| damage::said("open", &Place::Memory, error))?;
    Ok(Sqlite {
        reader: None,
        writer: Mutex::new(connection),
        log: None,
        place: Place::Memory,
        _opened: None,
        _lock: None,
    })
}

pub(super) fn connect(path: &Path, flags: OpenFlags) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    prepare(&connection)?;
    Ok(connection)
}

fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

/// Reads the schema, and the first and the last row of each table.
fn probe(connection: &Connection) -> rusqlite::Result<()> {
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table'";
    let tables: Vec<String> = connection.prepare(tables)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for table in tables {
        for order in ["ASC", "DESC"] {
            let sql = format!("SELECT * FROM \"{table}\" ORDER BY 1 {order} LIMIT 1");
            connection.query_row(&sql, [], |_| Ok(())).optional()?;
        }
    }
    Ok(())
}

/// Reads all of a store that is not large.
fn check(connection: &Connection, place: &Place) -> Result<(), StoreError> {
    let size = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()";
    let found = connection.query_row(size, [], |row| row.get(0)).and_then(|size: u64| match size {
        ..=CHECKED_BYTES => connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)),
        _ => Ok("ok".to_owned()),
    });
    match found {
        Ok(found) if found == "ok" => Ok(()),
        Ok(found) => Err(damage::found(place, &found.replace('\n', " "))),
        Err(error) => Err(damage::said("open", place, error)),
    }
}

fn version(connection: &Connection) -> rusqlite::Result<usize> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// The path by which every process knows the file.
fn absolute(path: &Path) -> Result<PathBuf, StoreError> {
    let cannot = |error| StoreError::new(format!("cannot open `{}`", path.display())).caused_by(error);
    if path.exists() {
        return path.canonicalize().map_err(cannot);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().ok_or_else(|| StoreError::new(format!("`{}` is not a file's name", path.display())))?;
    if !folder.exists() {
        let (path, folder) = (path.display(), folder.display());
        return Err(StoreError::new(format!("cannot make `{path}`: there is no folder `{folder}`; make it first")));
    }
    Ok(folder.canonicalize().map_err(cannot)?.join(name))
}
