//! Who may write to a store: one process at a time.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::store::StoreError;

/// The lock on a file beside the store, in which the process that holds it writes its number. The operating system gives it back
/// when the process ends, however it ends.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    file: File,
    made: bool,
}

impl Lock {
    /// Takes the lock of the store in this file.
    pub(super) fn take(store: &Path) -> Result<Self, StoreError> {
        let path = beside(store, "-lock");
        let made = !path.exists();
        let cannot = |error: io::Error| {
            let remedy = match error.kind() {
                ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                    ": this user must be able to write to the file and its folder"
                }
                _ => "",
            };
            StoreError::new(format!("cannot lock `{}`{remedy}", path.display())).caused_by(error)
        };
        let options = File::options().read(true).write(true).create(true).truncate(false).open(&path);
        let mut file = options.map_err(cannot)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(in_use(store, &mut file)),
            Err(TryLockError::Error(error)) => return Err(cannot(error)),
        }
        write_process(&mut file).map_err(cannot)?;
        Ok(Lock { path, file, made })
    }

    /// Leaves nothing behind where there is no store.
    pub(super) fn undo(self) {
        drop(self.file);
        if self.made {
            // It does no harm where it stays.
            let _ = fs::remove_file(&self.path);
        }
    }
}

fn in_use(store: &Path, file: &mut File) -> StoreError {
    let mut process = String::new();
    // Some systems let nobody read what is locked.
    let holder = match file.read_to_string(&mut process) {
        Ok(_) if !process.trim().is_empty() => format!("process {}", process.trim()),
        _ => "another process".to_owned(),
    };
    StoreError::new(format!("`{}` is in use by {holder}: only one can write to it", store.display())).in_use()
}

fn write_process(file: &mut File) -> std::io::Result<()> {
    file.set_len(0)?;
    file.seek(SeekFrom::Start(0))?;
    writeln!(file, "{}", std::process::id())
}

/// The path of a file that is kept beside a store.
pub(super) fn beside(store: &Path, suffix: &str) -> PathBuf {
    let mut path = OsString::from(store);
    path.push(suffix);
    PathBuf::from(path)
}
