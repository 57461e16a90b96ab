//! What cannot be seen from outside: how SQLite goes about the queries, and what people find in the file.

use std::time::SystemTime;

use rusqlite::types::Null;
use rusqlite::{Connection, params_from_iter};

use super::Sqlite;
use super::migrate::{MIGRATIONS, migrate};
use super::read::{list_sql, queries};
use super::remove::{ended_sql, statements};
use crate::Status;
use crate::store::{Events, Filter, Removal, Start, Step, Store, StoreError};

fn empty() -> rusqlite::Result<Connection> {
    let mut connection = Connection::open_in_memory()?;
    migrate(&mut connection, MIGRATIONS)?;
    Ok(connection)
}

/// What SQLite does for a query, a line for each table.
fn plan(connection: &Connection, sql: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
    let nothing = vec![Null; statement.parameter_count()];
    statement.query_map(params_from_iter(nothing), |row| row.get(3))?.collect()
}

/// There may be millions of executions, and of rows in the history: each query goes by a key, or by an index of those that it is about.
#[test]
fn no_query_reads_all_executions() -> rusqlite::Result<()> {
    let connection = empty()?;
    let failed = Filter { status: Some(Status::Failed), ..Filter::default() };
    let running = Filter { status: Some(Status::Running), workflow: Some("Main".to_owned()), ..Filter::default() };
    let of_workflow = Filter { workflow: Some("Main".to_owned()), ..Filter::default() };
    let newest = Filter { newest_first: true, limit: Some(20), ..Filter::default() };
    let named = Filter { name: Some("a".to_owned()), ..of_workflow.clone() };
    let lists = [failed, running, of_workflow, newest, named].map(|filter| list_sql(&filter));
    let all = Removal::ended_before(SystemTime::UNIX_EPOCH);
    let named = Removal { workflow: Some("Main".to_owned()), name: Some("a".to_owned()), ..all.clone() };
    let removals = [all, named].iter().map(ended_sql).chain(statements().map(str::to_owned)).collect::<Vec<_>>();
    for sql in queries().into_iter().chain(lists).chain(removals) {
        for line in plan(&connection, &sql)? {
            let is_scan = line.starts_with("SCAN") && !["SCAN CONSTANT ROW", "SCAN walk"].contains(&line.as_str());
            assert!(!is_scan || line.contains(" INDEX "), "{sql}\n{line}");
            assert!(!line.contains("TEMP B-TREE"), "{sql}\n{line}");
        }
    }
    Ok(())
}

#[test]
fn people_find_events_one_by_one() -> rusqlite::Result<()> {
    let connection = empty()?;
    let events = r#"["ExecutionStarted",[7,250,{"TaskFailed":{"resource":"lambda:invoke"}}]]"#;
    connection.execute("INSERT INTO history VALUES (1, 3, 0, 8, 1700000000000, ?1)", [events])?;
    let mut statement = connection.prepare("SELECT execution, id, time, previous, event FROM events")?;
    let rows = statement.query_map([], |row| {
        let (execution, id, time): (u64, u64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (previous, event): (u64, String) = (row.get(3)?, row.get(4)?);
        Ok(format!("{execution} {id} {time} {previous} {event}"))
    });
    let rows: Vec<String> = rows?.collect::<Result<_, _>>()?;
    let expected = [
        "3 8 2023-11-14 22:13:20.000 7 ExecutionStarted",
        r#"3 9 2023-11-14 22:13:20.250 7 {"TaskFailed":{"resource":"lambda:invoke"}}"#,
    ];
    assert_eq!(rows, expected);
    Ok(())
}

#[test]
fn people_find_times_that_they_can_read() -> rusqlite::Result<()> {
    let connection = empty()?;
    connection.execute_batch(
        "INSERT INTO executions VALUES (1, 'Main', 'a', NULL, NULL, 'RUNNING', '7', NULL, NULL, NULL, 1700000000123, NULL, 0, 0);
         INSERT INTO checkpoints VALUES (1, 'wait', '8', NULL, '{}', 0, 1700000060000, 0);",
    )?;
    let overview = "SELECT name || ' ' || state || ' ' || started || ' ' || due || ' ' || input FROM overview";
    let line: String = connection.query_row(overview, [], |row| row.get(0))?;
    assert_eq!(line, "a wait 2023-11-14 22:13:20.123 2023-11-14 22:14:20.000 7");
    let timer: String = connection.query_row("SELECT due || ' ' || name FROM timers", [], |row| row.get(0))?;
    assert_eq!(timer, "2023-11-14 22:14:20.000 a");
    Ok(())
}

/// The start of an execution with this number, with so long an input.
fn start(execution: u64, length: usize) -> Step {
    let start = Start {
        workflow: "Main",
        name: execution.to_string().into(),
        parent: None,
        link: None,
        input: "7".repeat(length).into(),
        started: std::time::UNIX_EPOCH,
        fingerprint: 0,
    };
    let json = r#"["ExecutionStarted"]"#.into();
    let events = Events { place: execution, before: 0, first: 1, time: std::time::UNIX_EPOCH, json };
    Step { execution, start: Some(Box::new(start)), events: Some(events), ..Step::default() }
}

#[test]
fn a_commit_that_finds_the_disk_full_writes_nothing() -> Result<(), StoreError> {
    let store = Sqlite::in_memory()?;
    let limit = |pages: u32| {
        let writer = store.writer.lock().expect("nobody panics");
        writer.pragma_update(None, "max_page_count", pages).expect("it is a limit of this connection");
    };
    store.commit(&[start(1, 10)])?;
    // SQLite says the same then as on a full disk.
    limit(40);
    let before = (store.list(&Filter::default())?, store.last()?, store.unfinished()?);
    let steps = [start(2, 10), start(3, 1_000_000), start(4, 10)];
    let said = store.commit(&steps).expect_err("there is no room").to_string();
    let expected =
        "cannot write to the store in memory: the disk is full, and nothing was written: make room and start again: ";
    assert!(said.starts_with(expected), "{said}");
    assert_eq!((store.list(&Filter::default())?, store.last()?, store.unfinished()?), before);
    // It is not harmed by that.
    store.commit(&[start(2, 10)])?;
    limit(1_000_000);
    store.commit(&steps[1..])?;
    assert_eq!(store.unfinished()?, [1, 2, 3, 4]);
    Ok(())
}
