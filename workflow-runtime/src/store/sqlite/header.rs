//! The first bytes of a file, by which what is no store is refused before SQLite touches it.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::Path;

use super::migrate::{APPLICATION, MIGRATIONS};
use super::{Place, damage, lock};
use crate::store::StoreError;

/// Refuses what is no store of this program or an older one.
pub(super) fn inspect(path: &Path) -> Result<(), StoreError> {
    let place = Place::File(path.to_owned());
    let refused = |why: &str| Err(StoreError::new(format!("{place} {why}")));
    let cannot = |error| StoreError::new(format!("cannot read {place}")).caused_by(error);
    if path.is_dir() {
        return refused("is a folder: name a file in it");
    }
    if path.exists() && !path.is_file() {
        return refused("is a device or a pipe: name a file");
    }
    let mut header = Vec::with_capacity(100);
    match File::open(path) {
        Ok(file) => file.take(100).read_to_end(&mut header).map_err(cannot)?,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(cannot(error)),
    };
    if header.is_empty() {
        return Ok(());
    }
    let Some(header) = Header::read(&header) else {
        return refused("is no SQLite database: choose another file");
    };
    if header.application != APPLICATION {
        return refused("is a database of another application: choose another file");
    }
    if header.version > MIGRATIONS.len() {
        return Err(damage::newer(&place, header.version));
    }
    let log = fs::metadata(lock::beside(path, "-wal")).is_ok_and(|log| log.len() > 0);
    let length = fs::metadata(path).map_err(cannot)?.len();
    if !log && length < header.length {
        return Err(damage::found(&place, &format!("it has {length} bytes of {}", header.length)));
    }
    Ok(())
}

/// What the first 100 bytes of an SQLite database say.
struct Header {
    /// How long the file is when its log is empty.
    length: u64,
    version: usize,
    application: u32,
}

impl Header {
    fn read(bytes: &[u8]) -> Option<Self> {
        let number = |at: usize| Some(u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?));
        if bytes.len() < 100 || !bytes.starts_with(b"SQLite format 3\0") {
            return None;
        }
        // A page of 65,536 bytes is written as 1.
        let page = u64::from(u16::from_be_bytes(*bytes.get(16..)?.first_chunk()?));
        let page = if page == 1 { 65_536 } else { page };
        Some(Header {
            length: page * u64::from(number(28)?),
            version: usize::try_from(number(60)?).ok()?,
            application: number(68)?,
        })
    }
}
