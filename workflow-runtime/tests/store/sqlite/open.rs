//! What is opened again, and what is refused and left as it is.

use std::fs;
use std::path::Path;

use workflow_runtime::store::{Filter, Sqlite, Store, StoreError};

use crate::folder::Folder;
use crate::steps::{Build, at, start, step};

/// A store with an execution in it, closed.
fn written(folder: &Folder) -> Result<std::path::PathBuf, StoreError> {
    let path = folder.file("workflows.db");
    Sqlite::open(&path)?.commit(&[start(1).at("CallService").events(1, 0, 1, 2).until(at(5))])?;
    Ok(path)
}

/// Opens it in each way, which it is too `broken` for, and compares its bytes. The message begins with the path.
fn refused(path: &Path, message: &str) {
    let before = fs::read(path).expect("it can be read");
    let opened = [Sqlite::open(path).map(drop), Sqlite::open_read_only(path).map(drop)];
    for refused in opened {
        let said = refused.expect_err("it is broken").to_string();
        assert_eq!(said.replace(&path.display().to_string(), "FILE"), message);
    }
    assert!(fs::read(path).expect("it can be read") == before, "the file was changed");
}

/// Changes bytes of the file from this one on.
fn garble(path: &Path, from: usize, bytes: &[u8]) {
    let mut all = fs::read(path).expect("it can be read");
    all[from..from + bytes.len()].copy_from_slice(bytes);
    fs::write(path, all).expect("it can be written");
}

#[test]
fn what_was_committed_is_there_when_it_is_opened_again() -> Result<(), StoreError> {
    let folder = Folder::new();
    let path = written(&folder)?;
    let secret = Sqlite::open(&path)?.secret()?;
    let store = Sqlite::options().relaxed().open(&path)?;
    assert_eq!((store.secret()?, store.last()?), (secret, (1, 1)));
    store.commit(&[step(1).succeed("1")])?;
    drop(store);
    let store = Sqlite::open_read_only(&path)?;
    assert_eq!(store.execution(1)?.and_then(|execution| execution.output).as_deref(), Some("1"));
    assert_eq!(store.unfinished()?, [0; 0]);
    Ok(())
}

#[test]
fn a_closed_store_is_one_file() -> Result<(), StoreError> {
    let folder = Folder::new();
    let path = written(&folder)?;
    for suffix in ["-wal", "-shm", "-journal"] {
        assert!(!folder.file(&format!("workflows.db{suffix}")).exists(), "{suffix}");
    }
    fs::rename(&path, folder.file("moved.db")).expect("it can be moved");
    assert_eq!(Sqlite::open(folder.file("moved.db"))?.last()?, (1, 1));
    Ok(())
}

#[test]
fn an_empty_file_becomes_a_store() -> Result<(), StoreError> {
    let folder = Folder::new();
    let path = folder.file("empty.db");
    fs::write(&path, "").expect("it can be written");
    let said = Sqlite::open_read_only(&path).expect_err("there is nothing to read").to_string();
    assert_eq!(said, format!("there is nothing in `{}` yet", path.display()));
    assert_eq!(Sqlite::open(&path)?.last()?, (0, 0));
    Ok(())
}

#[test]
fn a_file_that_is_no_database_is_refused() {
    let folder = Folder::new();
    let path = folder.file("photo.jpg");
    for content in ["x".to_owned(), "x".repeat(5_000), "SQLite format 3\0".to_owned()] {
        fs::write(&path, content).expect("it can be written");
        refused(&path, "`FILE` is no SQLite database: choose another file");
        assert!(!folder.file("photo.jpg-lock").exists());
    }
}

#[test]
fn the_database_of_another_application_is_refused() -> Result<(), StoreError> {
    let folder = Folder::new();
    let path = written(&folder)?;
    garble(&path, 68, b"GPKG");
    refused(&path, "`FILE` is a database of another application: choose another file");
    Ok(())
}

#[test]
fn a_newer_schema_is_refused() -> Result<(), StoreError> {
    let folder = Folder::new();
    let path = written(&folder)?;
    garble(&path, 60, &[0, 0, 0, 9]);
    let message = "`FILE` was written by a newer program: its schema has version 9, and this program knows 2";
    refused(&path, message);
    Ok(())
}

#[test]
fn a_store_that_was_cut_off_is_refused() -> Result<(), StoreError> {
    let folder = Folder::new();
    let path = written(&folder)?;
    let all = fs::read(&path).expect("it can be read");
    fs::write(&path, &all[..all.len() - 1]).expect("it can be written");
    let message = format!(
        "`FILE` is damaged (it has {} bytes of {}): restore a copy of it, or save what can be read with `sqlite3 FILE .recover`",
        all.len() - 1,
        all.len()
    );
    refused(&path, &message);
    Ok(())
}

#[test]
fn a_store_whose_pages_are_garbled_is_refused() -> Result<(), StoreError> {
    let folder = Folder::new();
    let path = written(&folder)?;
    let pages = fs::read(&path).expect("it can be read");
    // Behind the header of the first page is the schema; each of the others has the root of a table or of an index.
    for page in 0..pages.len() / 4_096 {
        let from = if page == 0 { 100 } else { page * 4_096 };
        garble(&path, from, &[0xee; 64]);
        let garbled = fs::read(&path).expect("it can be read");
        let said = Sqlite::open(&path).expect_err("it is damaged").to_string();
        assert!(said.starts_with(&format!("`{}` is damaged (", path.display())), "{said}");
        assert!(
            said.ends_with("restore a copy of it, or save what can be read with `sqlite3 FILE .recover`"),
            "{said}"
        );
        assert!(fs::read(&path).expect("it can be read") == garbled, "the file was changed");
        fs::write(&path, &pages).expect("it can be written");
    }
    Sqlite::open(&path)?;
    Ok(())
}

#[test]
fn a_store_in_a_missing_folder_is_refused() {
    let folder = Folder::new();
    let path = folder.file("missing/workflows.db");
    let (shown, parent) = (path.display(), folder.file("missing"));
    let made = Sqlite::open(&path).expect_err("there is no such folder").to_string();
    assert_eq!(made, format!("cannot make `{shown}`: there is no folder `{}`; make it first", parent.display()));
    let read = Sqlite::open_read_only(&path).expect_err("there is no such folder").to_string();
    assert!(read.starts_with(&format!("cannot open `{shown}`: No such file")), "{read}");
    std::fs::create_dir(&parent).expect("it can be made");
    for refused in [Sqlite::open(&parent), Sqlite::open_read_only(&parent)] {
        let said = refused.expect_err("it is a folder").to_string();
        assert_eq!(said, format!("`{}` is a folder: name a file in it", parent.display()));
    }
    assert!(Sqlite::open("").is_err());
    #[cfg(unix)]
    {
        let socket = folder.file("socket");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).expect("it can be made");
        let said = Sqlite::open(&socket).expect_err("it is a socket").to_string();
        assert_eq!(said, format!("`{}` is a device or a pipe: name a file", socket.display()));
    }
}

#[test]
fn a_reader_does_not_write() -> Result<(), StoreError> {
    let folder = Folder::new();
    let path = written(&folder)?;
    let reader = Sqlite::open_read_only(&path)?;
    let said = reader.commit(&[start(2)]).expect_err("it is open for reading").to_string();
    let beginning = format!("cannot write to `{}`: it is open for reading only", path.display());
    assert!(said.starts_with(&beginning), "{said}");
    assert_eq!(reader.list(&Filter::default())?.len(), 1);
    Ok(())
}
