//! Who else may have the file open.

use std::process::{Command, id};

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
    let program = std::env::current_exe().expect("a test knows its program");
    let mut other = Command::new(program);
    other.args(["--exact", "sqlite::processes::another_process"]).env(PATH, &path);
    let ended = other.output().expect("a process can be started");
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

/// The locks of this process on a file.
#[cfg(target_os = "linux")]
fn locks(file: &std::path::Path) -> usize {
    use std::os::unix::fs::MetadataExt;

    let node = std::fs::metadata(file).expect("it is there").ino();
    let (process, node) = (format!(" {} ", std::process::id()), format!(":{node} "));
    let all = std::fs::read_to_string("/proc/locks").expect("Linux has it");
    all.lines().filter(|lock| lock.contains(&process) && lock.contains(&node) && lock.contains("POSIX")).count()
}

/// Closing a file gives all of a process's locks on it back, and with SQLite's goes what keeps other programs from removing its log.
#[cfg(target_os = "linux")]
#[test]
fn who_looks_into_an_open_file_leaves_its_locks_alone() {
    let folder = Folder::new();
    let file = folder.file("workflows.db");
    let store = Sqlite::open(&file).expect("it is new");
    store.commit(&[crate::steps::start(1)]).expect("it can be written");
    let before = locks(&file);
    assert!(before > 0, "SQLite has locked it");
    drop(Sqlite::open_read_only(&file).expect("it can be read"));
    drop(Sqlite::open(&file).expect_err("it is open"));
    let stop = Stop { execution: 1, reason: workflow_runtime::Failure::new("", "") };
    Sqlite::ask_to_stop(&file, &stop).expect("it can be asked");
    assert_eq!(locks(&file), before);
}
