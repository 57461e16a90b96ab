//! How ended executions are removed.

use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Row, ToSql, TransactionBehavior, params};

use super::open::{connect, read_only};
use super::read::{LAST, PARTS};
use super::{Place, damage};
use crate::ExecutionId;
use crate::store::millis::Millis;
use crate::store::{Removal, Removed, StoreError};

/// The rows of an execution's history, found from its end.
const NO_HISTORY: &str = "WITH RECURSIVE walk (place, before) AS ( \
        SELECT place, before FROM history WHERE place = \
            (SELECT coalesce(checkpoints.last, executions.last) FROM executions LEFT JOIN checkpoints ON execution = number \
             WHERE number = ?1) \
        UNION ALL SELECT history.place, history.before FROM walk JOIN history ON history.place = walk.before) \
    DELETE FROM history WHERE place IN (SELECT place FROM walk)";

const NOTHING_ELSE: [&str; 5] = [
    "DELETE FROM checkpoints WHERE execution = ?1",
    "DELETE FROM branches WHERE execution = ?1",
    "DELETE FROM answers WHERE execution = ?1",
    "DELETE FROM stops WHERE execution = ?1",
    "DELETE FROM executions WHERE number = ?1",
];

/// Numbers and places are given once: those that were given last are remembered when their rows go.
const REMEMBER: &str =
    "INSERT INTO meta VALUES ('number', ?1), ('place', ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";

/// The query for what is to be removed. Its parameters are the time and the number of them, and the texts of the removal.
pub(super) fn ended_sql(removal: &Removal) -> String {
    let mut sql =
        "SELECT number, workflow, name, status, stopped FROM executions AS whole WHERE stopped < ?1 AND link IS NULL \
        AND NOT EXISTS (SELECT 1 FROM checkpoints WHERE execution = whole.parent)"
            .to_owned();
    let texts = [("workflow", &removal.workflow), ("name", &removal.name)];
    for (parameter, (column, _)) in (3..).zip(texts.into_iter().filter(|(_, text)| text.is_some())) {
        sql.push_str(&format!(" AND {column} = ?{parameter}"));
    }
    sql + " ORDER BY stopped, number LIMIT ?2"
}

/// Removes some, in one transaction.
pub(super) fn remove(connection: &mut Connection, removal: &Removal) -> rusqlite::Result<Vec<Removed>> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let (before, limit) = (Millis::of(removal.ended_before).0, i64::try_from(removal.limit).unwrap_or(i64::MAX));
    let mut params: Vec<&dyn ToSql> = vec![&before, &limit];
    for text in [&removal.workflow, &removal.name].into_iter().flatten() {
        params.push(text);
    }
    let ended: Vec<Removed> =
        transaction.prepare_cached(&ended_sql(removal))?.query_map(&*params, removed)?.collect::<Result<_, _>>()?;
    if !ended.is_empty() {
        let last = transaction.query_row(LAST, [], |row| Ok((row.get::<_, u64>(0)?, row.get::<_, u64>(1)?)))?;
        transaction.execute(REMEMBER, params![last.0.to_string(), last.1.to_string()])?;
    }
    ended.iter().try_for_each(|removed| remove_whole(&transaction, removed.number))?;
    transaction.commit()?;
    Ok(ended)
}

/// Removes an execution with its parts, and theirs.
fn remove_whole(connection: &Connection, number: u64) -> rusqlite::Result<()> {
    let mut numbers = vec![number];
    while let Some(number) = numbers.pop() {
        let mut parts = connection.prepare_cached(PARTS)?;
        for part in parts.query_map([number], |row| row.get(0))? {
            numbers.push(part?);
        }
        for sql in [NO_HISTORY].iter().chain(&NOTHING_ELSE) {
            connection.prepare_cached(sql)?.execute([number])?;
        }
    }
    Ok(())
}

/// Removes some beside the process that writes all else. SQLite lets one write after the other, so this needs no lock.
pub(super) fn beside(path: &Path, removal: &Removal) -> Result<Vec<Removed>, StoreError> {
    // It says what is wrong with the file.
    let _opened = read_only(path)?;
    let write = || {
        let mut connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        // The log is that of the other process.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        connection.pragma_update(None, "wal_autocheckpoint", 0)?;
        remove(&mut connection, removal)
    };
    write().map_err(|error| damage::said("write to", &Place::File(path.to_owned()), error))
}

fn removed(row: &Row<'_>) -> rusqlite::Result<Removed> {
    let (workflow, name): (String, String) = (row.get(1)?, row.get(2)?);
    Ok(Removed {
        number: row.get(0)?,
        id: ExecutionId::read(&workflow, &name),
        status: row.get(3)?,
        stopped: Millis(row.get(4)?).time(),
    })
}

/// All statements but the query for what is to be removed.
#[cfg(test)]
pub(super) fn statements() -> impl Iterator<Item = &'static str> {
    [NO_HISTORY].into_iter().chain(NOTHING_ELSE)
}
