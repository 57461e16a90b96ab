//! What other processes ask of the one that writes to a store: that executions be stopped.

use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Row, params};

use super::open::{connect, read_only};
use super::{Place, damage};
use crate::Failure;
use crate::store::{Stop, StoreError};

/// Asks for an execution to be stopped. SQLite lets one process write after the other, so this needs no lock.
pub(super) fn ask(path: &Path, stop: &Stop) -> Result<(), StoreError> {
    // It says what is wrong with the file.
    let _opened = read_only(path)?;
    let place = Place::File(path.to_owned());
    let write = || {
        let connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        // The log is that of the process that writes all else.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        connection.pragma_update(None, "wal_autocheckpoint", 0)?;
        forget(&connection)?;
        let row = params![stop.execution, stop.reason.error, stop.reason.cause];
        connection.execute("INSERT OR REPLACE INTO stops VALUES (?1, ?2, ?3)", row)
    };
    write().map(drop).map_err(|error| damage::said("write to", &place, error))
}

/// What was asked for of executions that run.
pub(super) fn asked(connection: &Connection) -> rusqlite::Result<Vec<Stop>> {
    let sql = "SELECT execution, error, cause FROM stops WHERE execution IN (SELECT execution FROM checkpoints)";
    let stop =
        |row: &Row<'_>| Ok(Stop { execution: row.get(0)?, reason: Failure { error: row.get(1)?, cause: row.get(2)? } });
    connection.prepare_cached(sql)?.query_map([], stop)?.collect()
}

/// Forgets what was asked for of executions that have ended.
pub(super) fn forget(connection: &Connection) -> rusqlite::Result<usize> {
    connection.execute("DELETE FROM stops WHERE execution NOT IN (SELECT execution FROM checkpoints)", [])
}
