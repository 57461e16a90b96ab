//! How long SQLite's write-ahead log gets beside those who read.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use workflow_runtime::store::{Filter, Sqlite, Step, Store};

use crate::folder::Folder;
use crate::steps::{Build, start, step};

/// How long the log may get by itself.
const LIMIT: u64 = 16 << 20;

fn length(store: &Path) -> u64 {
    let log = format!("{}-wal", store.display());
    std::fs::metadata(log).map_or(0, |log| log.len())
}

/// Commits until so many bytes were written, and gives the longest that the log was.
fn write(store: &Sqlite, file: &Path, bytes: u64) -> u64 {
    let (mut written, mut longest) = (0, 0);
    let text = "x".repeat(60_000);
    let mut place = store.last().expect("it can be read").1;
    while written < bytes {
        let steps: Vec<Step> = (0..8)
            .map(|_| {
                place += 1;
                let mut step = step(1).events(place, place - 1, place, 1);
                step.events.as_mut().expect("it has events").json = format!("[\"{text}\"]").into();
                step
            })
            .collect();
        written += steps.len() as u64 * text.len() as u64;
        store.commit(&steps).expect("it can be written");
        longest = longest.max(length(file));
    }
    longest
}

fn opened(folder: &Folder) -> (Sqlite, std::path::PathBuf) {
    let file = folder.file("workflows.db");
    let store = Sqlite::options().relaxed().open(&file).expect("it is new");
    store.commit(&[start(1).at("CallService")]).expect("it can be written");
    (store, file)
}

#[test]
fn nobody_reads() {
    let folder = Folder::new();
    let (store, file) = opened(&folder);
    let longest = write(&store, &file, 3 * LIMIT);
    assert!(longest < LIMIT * 5 / 4, "{longest}");
}

#[test]
fn many_read_all_the_time() {
    let folder = Folder::new();
    let (store, file) = opened(&folder);
    let (is_over, begun) = (AtomicBool::new(false), Instant::now());
    let longest = std::thread::scope(|scope| {
        // As `history --follow` and `executions` do, and the engine itself.
        for number in 0..4 {
            let (store, file, is_over) = (&store, &file, &is_over);
            scope.spawn(move || {
                let beside = Sqlite::open_read_only(file).expect("it is there");
                let read = if number == 0 { store } else { &beside };
                while !is_over.load(Ordering::Relaxed) && begun.elapsed() < Duration::from_secs(60) {
                    let stored = &read.list(&Filter::default()).expect("it can be read")[0];
                    read.history(1, stored.events.saturating_sub(50)).expect("it can be read");
                }
            });
        }
        let longest = write(&store, &file, 10 * LIMIT);
        is_over.store(true, Ordering::Relaxed);
        longest
    });
    // On a busy machine those who read may take longer than they are waited for, once or twice.
    assert!(longest < LIMIT * 9, "{longest}");
}

/// A log that somebody in an open transaction has made long is cut when that is over.
#[test]
fn one_reads_for_long() {
    let folder = Folder::new();
    let (store, file) = opened(&folder);
    let reader = rusqlite::Connection::open(&file).expect("it can be opened");
    reader.execute_batch("BEGIN; SELECT * FROM executions;").expect("it can be read");
    let longest = write(&store, &file, 2 * LIMIT);
    assert!(longest > LIMIT * 2, "the reader sees what was there: {longest}");
    reader.execute_batch("COMMIT;").expect("it ends");
    write(&store, &file, 1 << 20);
    write(&store, &file, 1 << 20);
    let length = length(&file);
    assert!(length <= LIMIT, "{length}");
}
