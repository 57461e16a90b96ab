//! What SQLite's errors mean to the user of a store, and what to do about them.

use rusqlite::ErrorCode;

use super::Place;
use super::migrate::MIGRATIONS;
use crate::store::StoreError;

/// Why a store could not be `doing`, which is a verb.
pub(super) fn said(doing: &str, place: &Place, error: rusqlite::Error) -> StoreError {
    let remedy = match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => "the disk is full, and nothing was written: make room and start again",
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => return found(place, &error.to_string()),
        Some(ErrorCode::SystemIoFailure) => {
            "the disk does not do what it should, and what was written last may not be there: look for its errors in the system's \
             log before you start again"
        }
        Some(ErrorCode::ReadOnly) => {
            "it is open for reading only, or this user may not write to the file and its folder"
        }
        Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied | ErrorCode::AuthorizationForStatementDenied) => {
            "this user must be able to read and write the file and its folder"
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            "another program has locked the file: end what it does there, as an open transaction in a `sqlite3` shell"
        }
        _ => "this is not expected",
    };
    StoreError::new(format!("cannot {doing} {place}: {remedy}")).caused_by(error)
}

/// Why a store could not be opened for reading.
pub(super) fn unread(place: &Place, error: rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen) => StoreError::new(format!(
            "cannot read {place}: this user may not read it, or not write to its folder, where SQLite keeps its index of the log also \
             for those who only read; copy the file to another folder"
        ))
        .caused_by(error),
        _ => said("open", place, error),
    }
}

/// What is wrong in the file itself.
pub(super) fn found(place: &Place, what: &str) -> StoreError {
    StoreError::new(format!(
        "{place} is damaged ({what}): restore a copy of it, or save what can be read with `sqlite3 FILE .recover`"
    ))
}

/// A schema that is not known yet.
pub(super) fn newer(place: &Place, version: usize) -> StoreError {
    let newest = MIGRATIONS.len();
    StoreError::new(format!(
        "{place} was written by a newer program: its schema has version {version}, and this program knows {newest}"
    ))
}
