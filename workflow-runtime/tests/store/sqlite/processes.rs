//! Who else may have the file open.

use std::path::Path;
use std::process::{Command, Output, id};
use std::time::Duration;

use workflow_runtime::store::{Filter, Sqlite, Stop, Store, StoreError};

use crate::folder::Folder;
use crate::steps::{Build, start, step};

/// In another process, the path of the store that it is to open.
const PATH: &str = "WORKFLOW_STORE_TEST_PATH";

#[test]
fn two_cannot_write_at_once() -> Result<(), StoreError> {
    let folder = Folder::new();
    let path = folder.file("workflows.db");
    let store = Sqlite::open(&path)?;
    let same = folder.file("../").join(path.strip_prefix(std::env::temp_dir()).expect("it is in there"));
    for path in [&path, &same] {
        let said = Sqlite::open(path).expect_err("it is open").to_string();
        assert!(said.ends_with(&format!("is in use by process {}: only one can write to it", id())), "{said}");
    }
    // It is not harmed by that.
    store.commit(&[start(1)])?;
    drop(store);
    assert_eq!(Sqlite::open(&path)?.last()?, (1, 0));
    Ok(())
}

#[test]
fn a_reader_sees_what_a_writer_commits() -> Result<(), StoreError> {
    let folder = Folder::new();
    let path = folder.file("workflows.db");
    let writer = Sqlite::open(&path)?;
    let reader = Sqlite::open_read_only(&path)?;
    for number in 1..=3 {
        writer.commit(&[start(number).events(number, 0, 1, 1)])?;
        assert_eq!(reader.last()?, (number, number));
        assert_eq!(reader.history(number, 1)?.len(), 1);
    }
    drop(writer);
    assert_eq!(reader.list(&Filter::default())?.len(), 3);
    Ok(())
}

/// Runs a test of this file in a process of its own, with the path of a store.
fn run(test: &str, path: &Path) -> Output {
    let program = std::env::current_exe().expect("a test knows its program");
    let mut other = Command::new(program);
    other.args(["--exact", &format!("sqlite::processes::{test}")]).env(PATH, path);
    other.output().expect("a process can be started")
}

/// Runs as a test of its own where no path is given, and does nothing then.
#[test]
fn another_process() -> Result<(), StoreError> {
    let Ok(path) = std::env::var(PATH) else { return Ok(()) };
    let store = Sqlite::open(path)?;
    store.commit(&[start(1).at("CallService")])?;
    store.commit(&[step(1).at("WaitForResult"), start(2)])?;
    // It dies with the store open, as by SIGKILL: nothing is closed, and nothing is dropped.
    std::process::abort();
}

#[test]
fn a_process_that_died_leaves_its_commits_and_no_lock() -> Result<(), StoreError> {
    let folder = Folder::new();
    let path = folder.file("workflows.db");
    let ended = run("another_process", &path);
    assert!(!ended.status.success(), "it aborts");
    assert!(folder.file("workflows.db-wal").exists(), "it did not close the store");

    let reader = Sqlite::open_read_only(&path)?;
    let store = Sqlite::open(&path)?;
    for store in [&reader, &store] {
        assert_eq!((store.last()?, store.unfinished()?), ((2, 0), vec![1, 2]));
        assert_eq!(store.execution(1)?.map(|execution| execution.state).as_deref(), Some("WaitForResult"));
    }
    Ok(())
}

/// Asks for a file as one does who has to be alone with it, and gets it. It runs as a test of its own where no path is given, as above.
#[test]
fn alone_with_it() {
    let Ok(path) = std::env::var(PATH) else { return };
    let connection = rusqlite::Connection::open(path).expect("it can be opened");
    connection.busy_timeout(Duration::ZERO).expect("nothing is asked of it yet");
    connection.pragma_update(None, "locking_mode", "exclusive").expect("nothing is locked yet");
    let count: u64 =
        connection.query_row("SELECT count(*) FROM executions", [], |row| row.get(0)).expect("nobody has it");
    assert_eq!(count, 1);
}

/// Closing a file gives all of a process's locks on it back, and with SQLite's goes what keeps other programs from removing its log.
#[test]
fn who_looks_into_an_open_file_leaves_its_locks_alone() -> Result<(), StoreError> {
    let folder = Folder::new();
    let path = folder.file("workflows.db");
    let store = Sqlite::open(&path)?;
    store.commit(&[start(1)])?;
    drop(Sqlite::open_read_only(&path)?);
    drop(Sqlite::open(&path).expect_err("it is open"));
    let stop = Stop { execution: 1, reason: workflow_runtime::Failure::new("", "") };
    Sqlite::ask_to_stop(&path, &stop)?;
    let said = |ended: Output| String::from_utf8_lossy(&ended.stdout).into_owned();
    assert!(said(run("alone_with_it", &path)).contains("database is locked"), "nobody else is kept off");
    drop(store);
    let ended = run("alone_with_it", &path);
    assert!(ended.status.success(), "{}", said(ended));
    Ok(())
}
