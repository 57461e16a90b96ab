//! SQLite's write-ahead log. By itself SQLite begins it anew only in a moment in which nobody reads, which may never come where several
//! processes look at what is new again and again.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use rusqlite::Connection;

use super::lock::beside;
use super::open::{LOG_BYTES, PATIENCE};

/// From this length on the log is carried over while those who read are waited for.
const LONG: u64 = 2 * LOG_BYTES as u64;
/// How long they are waited for. Whoever begins to read meanwhile reads what is in the file already, and is in nobody's way.
const WAIT: Duration = Duration::from_millis(200);

pub(super) struct Log {
    path: PathBuf,
    /// The length at which it is tried next.
    next: AtomicU64,
}

impl Log {
    /// The log of the store in this file.
    pub(super) fn of(store: &Path) -> Self {
        Log { path: beside(store, "-wal"), next: AtomicU64::new(LONG) }
    }

    /// Begins the log anew where it has become long.
    pub(super) fn keep_short(&self, writer: &Connection) {
        let length = fs::metadata(&self.path).map_or(0, |log| log.len());
        if length < self.next.load(Ordering::Relaxed) {
            return;
        }
        // Somebody who keeps a transaction open must not hold up each commit from now on.
        let next = if is_cut(writer).unwrap_or(false) { LONG } else { length.saturating_mul(2) };
        self.next.store(next, Ordering::Relaxed);
    }
}

/// Carries the log over into the file, and says whether all of it is there. Where that fails, the log stays, and nothing is lost.
fn is_cut(writer: &Connection) -> rusqlite::Result<bool> {
    writer.busy_timeout(WAIT)?;
    let is_busy = writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0));
    writer.busy_timeout(PATIENCE)?;
    is_busy.map(|is_busy: bool| !is_busy)
}
