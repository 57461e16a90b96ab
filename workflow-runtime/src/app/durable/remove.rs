//! `remove`: removes executions that have ended, with their histories.

use std::path::Path;
use std::time::{Duration, SystemTime};

use tokio::time::sleep;

use super::arguments::Remove;
use super::find::{called, find};
use super::{DurableError, look_into};
use crate::Status;
use crate::app::{AppError, print, tell};
use crate::clock::iso_8601;
use crate::store::{Removal, Removed, Sqlite, Store, StoreError, StoredExecution};

/// How long another process that writes to the file has it to itself between two transactions.
const PAUSE: Duration = Duration::from_millis(20);

pub(super) async fn remove(arguments: &Remove) -> Result<(), AppError> {
    let file = &arguments.file.store;
    let removal = match (&arguments.id, arguments.ended_before) {
        (Some(id), _) => {
            let store = look_into(file)?;
            let execution = find(&store, file, id)?;
            is_removable(&store, file, &execution)?;
            let (workflow, name) = (Some(execution.workflow), Some(execution.name));
            let just_now = execution.stopped.unwrap_or_else(SystemTime::now) + Duration::from_millis(1);
            Removal { workflow, name, ..Removal::ended_before(just_now) }
        }
        (None, ago) => {
            drop(look_into(file)?);
            let time = ago.and_then(|ago| SystemTime::now().checked_sub(ago)).unwrap_or(SystemTime::UNIX_EPOCH);
            Removal { workflow: arguments.workflow.clone(), ..Removal::ended_before(time) }
        }
    };
    let mut count = 0;
    loop {
        let removed = remove_some(file, &removal)?;
        count += removed.len();
        let lines: String = removed.iter().map(|removed| format!("{} {}\n", removed.id, removed.status)).collect();
        print(&lines)?;
        if removed.len() < removal.limit {
            break;
        }
        sleep(PAUSE).await;
    }
    if count == 0 {
        let of = removal.workflow.map(|workflow| format!(" of `{workflow}`")).unwrap_or_default();
        tell(format_args!("no execution{of} had ended before {}", iso_8601(removal.ended_before)));
    }
    Ok(())
}

/// Removes some, also beside a process that writes to the file.
fn remove_some(file: &Path, removal: &Removal) -> Result<Vec<Removed>, StoreError> {
    match Sqlite::open(file) {
        Ok(store) => store.remove(removal),
        Err(error) if error.is_in_use() => Sqlite::remove_beside(file, removal),
        Err(error) => Err(error),
    }
}

/// Refuses one that is not removed by itself.
fn is_removable(store: &Sqlite, file: &Path, execution: &StoredExecution) -> Result<(), AppError> {
    let (id, file) = (called(execution), file.to_owned());
    if execution.status == Status::Running {
        return Err(DurableError::StillRuns { id, file }.into());
    }
    let Some(parent) = execution.parent.map(|parent| store.execution(parent)).transpose()?.flatten() else {
        return Ok(());
    };
    match (&execution.link, parent.status) {
        (Some(_), _) => Err(DurableError::IsPart { id, parent: called(&parent) }.into()),
        (None, Status::Running) => Err(DurableError::ParentRuns { id, parent: called(&parent) }.into()),
        (None, _) => Ok(()),
    }
}
