//! The limit: nothing but SQLite, with one transaction for as many transitions as come at once.

use std::path::Path;

use rusqlite::{Connection, params};

use crate::{AT_ONCE, Durability, TRANSITIONS, sample};

/// Goes through all transitions of executions that are there already.
pub(crate) fn run(
    path: &Path,
    durability: Durability,
) -> rusqlite::Result<impl FnOnce() -> rusqlite::Result<()> + use<>> {
    let mut connection = Connection::open(path)?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL;
         CREATE TABLE checkpoints (execution INTEGER PRIMARY KEY, state TEXT, input TEXT, last INTEGER);
         CREATE TABLE history (place INTEGER PRIMARY KEY, execution INTEGER, before INTEGER, events TEXT);",
    )?;
    connection.pragma_update(None, "synchronous", durability.synchronous())?;
    connection.pragma_update(None, "wal_autocheckpoint", 4_096)?;
    let transaction = connection.transaction()?;
    for execution in 1..=AT_ONCE {
        transaction.execute("INSERT INTO checkpoints VALUES (?1, '', '', 0)", [execution])?;
    }
    transaction.commit()?;
    Ok(move || {
        let mut place = 0;
        for transition in 0..TRANSITIONS {
            let transaction = connection.transaction()?;
            {
                let mut update = transaction
                    .prepare_cached("UPDATE checkpoints SET state = ?2, input = ?3, last = ?4 WHERE execution = ?1")?;
                let mut insert = transaction.prepare_cached("INSERT INTO history VALUES (?1, ?2, ?3, ?4)")?;
                for execution in 1..=AT_ONCE {
                    place += 1;
                    update.execute(params![execution, sample::STATE, sample::input(transition), place])?;
                    let before = if transition == 0 { 0 } else { place - AT_ONCE };
                    insert.execute(params![place, execution, before, sample::EVENTS])?;
                }
            }
            transaction.commit()?;
        }
        Ok(())
    })
}
