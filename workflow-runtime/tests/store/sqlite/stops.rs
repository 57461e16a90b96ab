//! What other processes ask of the one that writes.

use workflow_runtime::Failure;
use workflow_runtime::store::{Sqlite, Stop, Store, StoreError};

use crate::folder::Folder;
use crate::steps::{Build, start, step};

fn stop(execution: u64) -> Stop {
    Stop { execution, reason: Failure::new("Late", "nobody waits any more") }
}

#[test]
fn what_is_asked_for_is_seen_until_the_execution_ends() -> Result<(), StoreError> {
    let folder = Folder::new();
    let path = folder.file("workflows.db");
    let store = Sqlite::open(&path)?;
    store.commit(&[start(1), start(2)])?;
    assert_eq!(store.stops()?, Some(vec![]));
    for execution in [1, 2, 2] {
        Sqlite::ask_to_stop(&path, &stop(execution))?;
    }
    assert_eq!(store.stops()?, Some(vec![stop(1), stop(2)]));
    store.commit(&[step(1).succeed("1")])?;
    assert_eq!(store.stops()?, Some(vec![stop(2)]));

    // It outlives the process that was asked.
    drop(store);
    let store = Sqlite::open(&path)?;
    assert_eq!(store.stops()?, Some(vec![stop(2)]));
    assert_eq!(Sqlite::in_memory()?.stops()?, None);
    Ok(())
}

#[test]
fn nothing_is_asked_of_what_is_no_store() {
    let folder = Folder::new();
    let path = folder.file("workflows.db");
    Sqlite::ask_to_stop(&path, &stop(1)).expect_err("there is no such file");
    assert!(!path.exists(), "nothing was made");
    std::fs::write(&path, "a letter").expect("a file can be written");
    let said = Sqlite::ask_to_stop(&path, &stop(1)).expect_err("it is none").to_string();
    assert!(said.ends_with("is no SQLite database: choose another file"), "{said}");
}
