//! `stop`: ends an execution, whether a process runs it or not.

use std::path::Path;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::arguments::Stop;
use super::find::{called, find};
use super::{DurableError, look_into};
use crate::app::{AppError, print};
use crate::engine::abort;
use crate::store::{self, Sqlite, Store, StoreError, StoredExecution};
use crate::{Failure, Status};

/// How long to wait for the process that runs the execution, which looks each second.
const PATIENCE: Duration = Duration::from_secs(15);
const INTERVAL: Duration = Duration::from_millis(100);

pub(super) async fn stop(arguments: &Stop) -> Result<(), AppError> {
    let file = &arguments.file.store;
    let store = look_into(file)?;
    let execution = find(&store, file, &arguments.id)?;
    let id = called(&execution);
    if execution.status != Status::Running {
        return Err(DurableError::HasEnded { id, status: execution.status }.into());
    }
    let reason = Failure::new(arguments.error.as_str(), arguments.cause.as_str());
    let until = Instant::now() + PATIENCE;
    let mut is_asked = false;
    let status = loop {
        // Whoever runs it may end meanwhile.
        let busy = match abort_alone(file, &execution, &reason) {
            Ok(()) => None,
            Err(error) if error.is_in_use() => Some(error),
            Err(error) => return Err(error.into()),
        };
        let status = store.execution(execution.number)?.map_or(Status::Aborted, |stored| stored.status);
        if status != Status::Running {
            break status;
        }
        if !is_asked {
            let stop = store::Stop { execution: execution.number, reason: reason.clone() };
            Sqlite::ask_to_stop(file, &stop)?;
            is_asked = true;
        }
        if Instant::now() >= until {
            return Err(DurableError::NotStopped { id, busy }.into());
        }
        sleep(INTERVAL).await;
    };
    match status {
        Status::Aborted => print(&format!("{id} {status}\n")),
        status => Err(DurableError::HasEnded { id, status }.into()),
    }
}

/// Ends an execution that nobody runs.
fn abort_alone(file: &Path, execution: &StoredExecution, reason: &Failure) -> Result<(), StoreError> {
    let store = Sqlite::open(file)?;
    let (_, mut place) = store.last()?;
    abort(&store, execution.number, reason, || {
        place += 1;
        place
    })
}
