//! How a store is read.

use std::collections::BTreeMap;
use std::time::SystemTime;

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, ToSql, params};

use crate::store::millis::Millis;
use crate::store::{Answer, Events, Filter, Saved, StoredExecution, Timer, Tree, count};
use crate::{Failure, Status};

/// The columns of a [`StoredExecution`], which [`stored`] reads.
const COLUMNS: &str = "number, workflow, name, parent, link, status, executions.input, output, error, cause, started, stopped, \
    fingerprint, coalesce(checkpoints.last, executions.last) AS place, \
    (SELECT first - 1 + json_array_length(events) FROM history WHERE place = coalesce(checkpoints.last, executions.last)), \
    state";

const EXECUTIONS: &str = "executions LEFT JOIN checkpoints ON execution = number";

/// The last numbers that were given, also where their rows were removed.
pub(super) const LAST: &str = "SELECT \
    max(coalesce((SELECT max(number) FROM executions), 0), coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'number'), 0)), \
    max(coalesce((SELECT max(place) FROM history), 0), coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'place'), 0))";
const UNFINISHED: &str = "SELECT execution FROM checkpoints WHERE due IS NULL AND part = 0 ORDER BY execution";
const DUE: &str = "SELECT due, execution FROM checkpoints WHERE due <= ?1 ORDER BY due, execution LIMIT ?2";
const NEXT_DUE: &str = "SELECT min(due) FROM checkpoints WHERE due > ?1";
const CHECKPOINT: &str =
    "SELECT state, input, variables, progress FROM checkpoints WHERE execution = ?1 AND state IS NOT NULL";
const BRANCHES: &str = "SELECT path, state, input, variables, progress FROM branches WHERE execution = ?1";
const ANSWERS: &str = "SELECT token, output, error, cause FROM answers WHERE execution = ?1 ORDER BY token";
pub(super) const PARTS: &str = "SELECT number FROM executions WHERE parent = ?1 AND link IS NOT NULL ORDER BY number";
const END_OF_HISTORY: &str = "SELECT coalesce(checkpoints.last, executions.last) FROM executions \
        LEFT JOIN checkpoints ON execution = number WHERE number = ?1";
const HISTORY: &str = "SELECT place, before, first, time, events FROM history WHERE place = ?1";

/// The query for the execution that fits.
fn one(condition: &str) -> String {
    format!("SELECT {COLUMNS} FROM {EXECUTIONS} WHERE {condition}")
}

pub(super) fn secret(connection: &Connection) -> rusqlite::Result<u128> {
    connection.query_row("SELECT value FROM meta WHERE key = 'secret'", [], |row| {
        u128::from_str_radix(row.get_ref(0)?.as_str()?, 16).map_err(|error| FromSqlError::other(error).into())
    })
}

pub(super) fn last(connection: &Connection) -> rusqlite::Result<(u64, u64)> {
    connection.prepare_cached(LAST)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
}

pub(super) fn find(connection: &Connection, workflow: &str, name: &str) -> rusqlite::Result<Option<StoredExecution>> {
    connection.prepare_cached(&one("workflow = ?1 AND name = ?2"))?.query_row([workflow, name], stored).optional()
}

pub(super) fn execution(connection: &Connection, number: u64) -> rusqlite::Result<Option<StoredExecution>> {
    let Ok(number) = i64::try_from(number) else { return Ok(None) };
    connection.prepare_cached(&one("number = ?1"))?.query_row([number], stored).optional()
}

pub(super) fn list(connection: &Connection, filter: &Filter) -> rusqlite::Result<Vec<StoredExecution>> {
    let (after, limit) = (filter.after.map_or(-1, signed), filter.limit.map_or(-1, saturated));
    let mut params: Vec<&dyn ToSql> = vec![&after, &limit];
    for text in [&filter.workflow, &filter.name].into_iter().flatten() {
        params.push(text);
    }
    connection.prepare_cached(&list_sql(filter))?.query_map(&*params, stored)?.collect()
}

/// The query for such executions. Its parameters are the number before them, how many they are, their workflow and their name, the last
/// two where the filter has them.
pub(super) fn list_sql(filter: &Filter) -> String {
    let (from, number) = match filter.status {
        // Those that run are few: they are looked up from their checkpoints.
        Some(Status::Running) => ("checkpoints CROSS JOIN executions ON number = execution", "execution"),
        _ => (EXECUTIONS, "number"),
    };
    let mut sql = format!("SELECT {COLUMNS} FROM {from} WHERE {number} > ?1");
    let texts = [("workflow", &filter.workflow), ("name", &filter.name)];
    for (parameter, (column, _)) in (3..).zip(texts.into_iter().filter(|(_, text)| text.is_some())) {
        sql.push_str(&format!(" AND {column} = ?{parameter}"));
    }
    match filter.status {
        None | Some(Status::Running) => {}
        Some(Status::Succeeded) => sql.push_str(" AND status = 'SUCCEEDED'"),
        // With the condition of their index.
        Some(status) => {
            sql.push_str(&format!(" AND status NOT IN ('RUNNING', 'SUCCEEDED') AND status = '{status}'"));
        }
    }
    let order = if filter.newest_first { "DESC" } else { "ASC" };
    sql.push_str(&format!(" ORDER BY {number} {order} LIMIT ?2"));
    sql
}

pub(super) fn unfinished(connection: &Connection) -> rusqlite::Result<Vec<u64>> {
    connection.prepare_cached(UNFINISHED)?.query_map([], |row| row.get(0))?.collect()
}

pub(super) fn due(connection: &Connection, until: Millis, limit: usize) -> rusqlite::Result<Vec<Timer>> {
    let timer = |row: &Row<'_>| Ok(Timer { due: Millis(row.get(0)?).time(), execution: row.get(1)? });
    connection.prepare_cached(DUE)?.query_map(params![until.0, saturated(limit)], timer)?.collect()
}

pub(super) fn next_due(connection: &Connection, after: Millis) -> rusqlite::Result<Option<SystemTime>> {
    let due: Option<i64> = connection.prepare_cached(NEXT_DUE)?.query_row([after.0], |row| row.get(0))?;
    Ok(due.map(|due| Millis(due).time()))
}

/// The parked executions that are of other code than this.
pub(super) fn changed(connection: &Connection, known: &[(&str, u64)]) -> rusqlite::Result<Vec<u64>> {
    let sql = "SELECT execution, workflow, fingerprint FROM checkpoints INDEXED BY checkpoints_due \
        CROSS JOIN executions ON number = execution WHERE due IS NOT NULL";
    let mut statement = connection.prepare_cached(sql)?;
    let (mut rows, mut changed) = (statement.query([])?, Vec::new());
    while let Some(row) = rows.next()? {
        let code = (row.get_ref(1)?.as_str()?, row.get::<_, i64>(2)?.cast_unsigned());
        if !known.contains(&code) {
            changed.push(row.get(0)?);
        }
    }
    changed.sort_unstable();
    Ok(changed)
}

pub(super) fn tree(connection: &Connection, number: u64) -> rusqlite::Result<Option<Tree>> {
    // What is read is of one moment.
    let transaction = connection.unchecked_transaction()?;
    let tree = subtree(&transaction, number)?;
    transaction.commit()?;
    Ok(tree)
}

fn subtree(connection: &Connection, number: u64) -> rusqlite::Result<Option<Tree>> {
    let Some(execution) = execution(connection, number)? else { return Ok(None) };
    let checkpoint = connection.prepare_cached(CHECKPOINT)?.query_row([number], |row| saved(row, 0)).optional()?;
    let branch = |row: &Row<'_>| Ok((row.get(0)?, saved(row, 1)?));
    let branches: BTreeMap<_, _> =
        connection.prepare_cached(BRANCHES)?.query_map([number], branch)?.collect::<Result<_, _>>()?;
    let answers = connection.prepare_cached(ANSWERS)?.query_map([number], answer)?.collect::<Result<_, _>>()?;
    let parts: Vec<u64> =
        connection.prepare_cached(PARTS)?.query_map([number], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut children = Vec::with_capacity(parts.len());
    for part in parts {
        children.extend(subtree(connection, part)?);
    }
    Ok(Some(Tree { execution, checkpoint, branches, answers, children }))
}

/// The parts of a history from the one with this event on, found from the end.
pub(super) fn history(connection: &Connection, number: u64, from: u64) -> rusqlite::Result<Vec<Events>> {
    let last = connection.prepare_cached(END_OF_HISTORY)?.query_row([signed(number)], |row| row.get(0)).optional()?;
    let mut place: u64 = last.unwrap_or(0);
    let mut statement = connection.prepare_cached(HISTORY)?;
    let mut parts: Vec<Events> = Vec::new();
    while place != 0 {
        let events = statement.query_row([place], |row| {
            let time = Millis(row.get(3)?).time();
            Ok(Events { place: row.get(0)?, before: row.get(1)?, first: row.get(2)?, time, json: row.get(4)? })
        })?;
        if parts.is_empty() && events.first + count(&events.json) <= from {
            break;
        }
        place = if events.first <= from { 0 } else { events.before };
        parts.push(events);
    }
    parts.reverse();
    Ok(parts)
}

fn stored(row: &Row<'_>) -> rusqlite::Result<StoredExecution> {
    let stopped: Option<i64> = row.get(11)?;
    Ok(StoredExecution {
        number: row.get(0)?,
        workflow: row.get(1)?,
        name: row.get(2)?,
        parent: row.get(3)?,
        link: row.get(4)?,
        status: row.get(5)?,
        input: row.get(6)?,
        output: row.get(7)?,
        failure: failure(row, 8)?,
        started: Millis(row.get(10)?).time(),
        stopped: stopped.map(|stopped| Millis(stopped).time()),
        fingerprint: row.get::<_, i64>(12)?.cast_unsigned(),
        last: row.get(13)?,
        events: row.get::<_, Option<u64>>(14)?.unwrap_or(0),
        state: row.get::<_, Option<String>>(15)?.unwrap_or_default(),
    })
}

fn saved(row: &Row<'_>, at: usize) -> rusqlite::Result<Saved> {
    let (state, input) = (row.get(at)?, row.get(at + 1)?);
    Ok(Saved { state, input, variables: row.get(at + 2)?, progress: row.get(at + 3)? })
}

fn answer(row: &Row<'_>) -> rusqlite::Result<Answer> {
    let token = u128::from_be_bytes(row.get(0)?);
    let result = match failure(row, 2)? {
        Some(failure) => Err(failure),
        None => Ok(row.get(1)?),
    };
    Ok(Answer { token, result })
}

fn failure(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Failure>> {
    let error: Option<String> = row.get(at)?;
    match error {
        Some(error) => Ok(Some(Failure { error, cause: row.get(at + 1)? })),
        None => Ok(None),
    }
}

impl FromSql for Status {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let name = value.as_str()?;
        let all = [Status::Running, Status::Succeeded, Status::Failed, Status::TimedOut, Status::Aborted];
        let found = all.into_iter().find(|status| status.to_string() == name);
        found.ok_or_else(|| FromSqlError::Other(format!("`{name}` is no status").into()))
    }
}

/// A number that no row has where SQLite cannot express it.
fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn saturated(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

/// All queries but those for lists.
#[cfg(test)]
pub(super) fn queries() -> Vec<String> {
    let fixed = [LAST, UNFINISHED, DUE, NEXT_DUE, CHECKPOINT, BRANCHES, ANSWERS, PARTS, END_OF_HISTORY, HISTORY];
    let one = [one("workflow = ?1 AND name = ?2"), one("number = ?1")];
    fixed.iter().map(|sql| (*sql).to_owned()).chain(one).collect()
}
