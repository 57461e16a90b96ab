//! A log whose end was not written, or was written as something else, as after a loss of power.

use std::fs;

use workflow_runtime::store::{Sqlite, Store, StoreError, StoredExecution};

use crate::folder::Folder;
use crate::steps::{Build, start, step};

/// How many commits are made.
const COMMITS: u64 = 6;
/// The head of SQLite's log.
const HEAD: usize = 32;
/// A page of it, with its own head.
const FRAME: usize = 24 + 4_096;

/// The files of a store in the middle of its work, and what it had after each commit. The first commit has the execution.
struct Crashed {
    file: Vec<u8>,
    log: Vec<u8>,
    commits: Vec<StoredExecution>,
}

impl Crashed {
    fn new() -> Result<Self, StoreError> {
        let folder = Folder::new();
        let path = folder.file("workflows.db");
        // What is there before is in the file, and not in the log.
        drop(Sqlite::open(&path)?);
        let store = Sqlite::open(&path)?;
        let mut commits = Vec::new();
        for commit in 1..=COMMITS {
            let step = if commit == 1 { start(1) } else { step(1).branch(&format!("{commit}"), "Left") };
            store.commit(&[step.at("CallService").events(commit, commit - 1, commit, 1)])?;
            commits.push(store.execution(1)?.expect("it was started"));
        }
        let read = |name| fs::read(folder.file(name)).expect("it is there");
        Ok(Crashed { file: read("workflows.db"), log: read("workflows.db-wal"), commits })
    }

    /// Opens the store with another log, and gives how many commits are there, each of which is whole.
    fn commits(&self, log: &[u8]) -> Result<u64, StoreError> {
        let folder = Folder::new();
        let path = folder.file("workflows.db");
        fs::write(&path, &self.file).expect("it can be written");
        fs::write(folder.file("workflows.db-wal"), log).expect("it can be written");
        let store = Sqlite::open(&path)?;
        let Some(found) = store.execution(1)? else { return Ok(0) };
        let commits = found.last;
        assert_eq!(Some(&found), self.commits.get(commits as usize - 1));
        assert_eq!(store.history(1, 1)?.len() as u64, commits);
        assert_eq!(store.tree(1)?.expect("it is there").branches.len() as u64, commits - 1);
        // It goes on from there.
        store.commit(&[step(1).events(commits + 1, commits, commits + 1, 1)])?;
        drop(store);
        assert_eq!(Sqlite::open(&path)?.last()?, (1, commits + 1));
        Ok(commits)
    }
}

#[test]
fn a_log_that_was_cut_off_has_a_beginning_of_the_commits() -> Result<(), StoreError> {
    let crashed = Crashed::new()?;
    let whole = crashed.log.len();
    assert_eq!((whole - HEAD) % FRAME, 0, "the log is made of pages");
    let mut seen = Vec::new();
    let mut lengths: Vec<usize> =
        (HEAD..=whole).step_by(FRAME).flat_map(|end| [end.saturating_sub(1), end, end + 1]).collect();
    lengths.extend([0, 1, HEAD - 1, whole - FRAME + 24, whole - FRAME / 2]);
    lengths.retain(|length| *length <= whole);
    lengths.sort_unstable();
    for length in lengths {
        let commits = crashed.commits(&crashed.log[..length])?;
        assert!(seen.last().is_none_or(|last| *last <= commits), "less is there of {length} bytes than of fewer");
        seen.push(commits);
    }
    seen.dedup();
    assert_eq!(seen, (0..=COMMITS).collect::<Vec<_>>());
    Ok(())
}

#[test]
fn a_log_with_a_garbled_page_has_the_commits_before_it() -> Result<(), StoreError> {
    let crashed = Crashed::new()?;
    let frames = (crashed.log.len() - HEAD) / FRAME;
    let mut last = 0;
    for frame in 0..frames {
        let at = HEAD + frame * FRAME;
        for byte in [at, at + 8, at + 20, at + 24, at + FRAME - 1] {
            let mut log = crashed.log.clone();
            log[byte] ^= 0x40;
            let commits = crashed.commits(&log)?;
            assert!((last..COMMITS).contains(&commits), "{commits} commits with page {frame} garbled");
            last = commits;
        }
    }
    assert_eq!(last, COMMITS - 1);
    Ok(())
}

#[test]
fn zeroes_behind_the_log_are_nothing() -> Result<(), StoreError> {
    let crashed = Crashed::new()?;
    let mut log = crashed.log.clone();
    log.resize(log.len() + 3 * FRAME, 0);
    assert_eq!(crashed.commits(&log)?, COMMITS);
    Ok(())
}
