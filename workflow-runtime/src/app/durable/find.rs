//! The execution that somebody means.

use std::path::Path;

use super::{DurableError, Sqlite};
use crate::app::AppError;
use crate::store::{Filter, Store, StoredExecution};

/// Finds an execution by its identity, as in `PollService:9f0c…`, or by its name where no other workflow has an execution of that name.
pub(super) fn find(store: &Sqlite, file: &Path, id: &str) -> Result<StoredExecution, AppError> {
    let found = match id.split_once(':') {
        Some((workflow, name)) => store.find(workflow, name)?.into_iter().collect(),
        None => store.list(&Filter { name: Some(id.to_owned()), ..Filter::default() })?,
    };
    match <[StoredExecution; 1]>::try_from(found) {
        Ok([only]) => Ok(only),
        Err(none) if none.is_empty() => {
            Err(DurableError::UnknownExecution { id: id.to_owned(), file: file.to_owned() }.into())
        }
        Err(several) => Err(DurableError::WhichExecution(several.iter().map(called).collect()).into()),
    }
}

/// How an execution is called.
pub(super) fn called(stored: &StoredExecution) -> String {
    format!("{}:{}", stored.workflow, stored.name)
}
