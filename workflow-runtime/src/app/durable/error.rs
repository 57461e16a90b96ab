//! What can go wrong with executions that are kept in a file.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::Status;
use crate::app::AppError;
use crate::app::signals::Signal;
use crate::engine::Stranded;
use crate::store::StoreError;

#[derive(Debug)]
pub(in crate::app) enum DurableError {
    Store(StoreError),
    /// The executions were left where they were written down, as no more could be.
    StoreFailed(Arc<StoreError>),
    NoStore(PathBuf),
    /// The executions were left where they were written down, as the program was asked to end.
    Suspended {
        signal: Option<Signal>,
        file: PathBuf,
    },
    Stranded(Vec<Stranded>),
    UnknownExecution {
        id: String,
        file: PathBuf,
    },
    WhichExecution(Vec<String>),
    HasEnded {
        id: String,
        status: Status,
    },
    StillRuns {
        id: String,
        file: PathBuf,
    },
    IsPart {
        id: String,
        parent: String,
    },
    ParentRuns {
        id: String,
        parent: String,
    },
    NotStopped {
        id: String,
        busy: Option<StoreError>,
    },
}

impl DurableError {
    /// What the program exits with.
    pub(in crate::app) fn exit_code(&self) -> u8 {
        match self {
            DurableError::Suspended { signal: Some(signal), .. } => signal.exit_code(),
            _ => 1,
        }
    }
}

impl From<DurableError> for AppError {
    fn from(error: DurableError) -> Self {
        AppError::Durable(error)
    }
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        DurableError::Store(error).into()
    }
}

impl fmt::Display for DurableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DurableError::Store(error) => error.fmt(f),
            DurableError::StoreFailed(error) => {
                write!(
                    f,
                    "the executions stopped where they were written down last, as no more can be written: {error}"
                )
            }
            DurableError::NoStore(file) => {
                let file = file.display();
                write!(f, "there is no file {file}; `run NAME --store {file}` makes it")
            }
            DurableError::Suspended { signal, file } => {
                let by = signal.map(|signal| format!(" by {signal}")).unwrap_or_default();
                write!(f, "stopped{by} where it was written down; `{}` goes on from there", resume_command(file))
            }
            DurableError::Stranded(stranded) => {
                f.write_str("what does not fit the code was left as it is:")?;
                stranded.iter().try_for_each(|stranded| write!(f, "\n  {stranded}"))
            }
            DurableError::UnknownExecution { id, file } => {
                let file = file.display();
                write!(f, "there is no execution `{id}` in {file}; `executions --store {file}` lists what is there")
            }
            DurableError::WhichExecution(known) => write!(f, "which execution? There are {}", known.join(", ")),
            DurableError::HasEnded { id, status } => write!(f, "`{id}` has ended already: it is {status}"),
            DurableError::StillRuns { id, file } => {
                write!(
                    f,
                    "`{id}` runs, and only what has ended is removed; `stop {id} --store {}` ends it",
                    file.display()
                )
            }
            DurableError::IsPart { id, parent } => {
                write!(f, "`{id}` is a part of `{parent}`, and goes with it: `remove {parent}`")
            }
            DurableError::ParentRuns { id, parent } => write!(
                f,
                "`{id}` was started by `{parent}`, which runs, and would start it again after a crash; remove it when that one has ended"
            ),
            DurableError::NotStopped { id, busy } => {
                let busy = busy.as_ref().map(|busy| format!(" ({busy})")).unwrap_or_default();
                write!(
                    f,
                    "`{id}` was asked to stop, and has not yet{busy}: a task that neither ends nor waits holds it up; it stops when \
                     that task ends, or when that process is ended and `resume` goes on"
                )
            }
        }
    }
}

/// What to type to go on with all that is in a file.
pub(super) fn resume_command(file: &Path) -> String {
    let program = std::env::args().next().unwrap_or_default();
    format!("{program} resume --store {}", file.display())
}
