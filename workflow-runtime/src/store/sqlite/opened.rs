//! The files that are open in this process.
//!
//! POSIX gives all locks of a process on a file back as soon as the process closes that file once, whoever in it does. SQLite minds that
//! among its own. Without its lock, another program that closes the file last as far as it can see removes the log, and with it what is
//! written from then on. So a file is looked at from outside of SQLite only while nobody here has it open.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::store::StoreError;

/// How often each file is open, by its absolute path.
static OPEN: Mutex<BTreeMap<PathBuf, usize>> = Mutex::new(BTreeMap::new());

/// That a file is open, until this is dropped behind the last connection to it.
#[derive(Debug)]
pub(super) struct Opened(PathBuf);

impl Opened {
    /// Looks at a file that is about to be opened. One that is open in here was looked at.
    pub(super) fn new(path: &Path, look: impl FnOnce(&Path) -> Result<(), StoreError>) -> Result<Self, StoreError> {
        let mut open = all();
        if !open.contains_key(path) {
            look(path)?;
        }
        *open.entry(path.to_owned()).or_default() += 1;
        Ok(Opened(path.to_owned()))
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        let mut open = all();
        if let Some(count) = open.get_mut(&self.0) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.0);
            }
        }
    }
}

fn all() -> MutexGuard<'static, BTreeMap<PathBuf, usize>> {
    // Nothing panics between two changes that belong together.
    OPEN.lock().unwrap_or_else(PoisonError::into_inner)
}
