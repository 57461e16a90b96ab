//! What can go wrong on the command line.

use std::fmt;
use std::io;
use std::path::PathBuf;

use workflow_model::deploy::DeployError;
use workflow_model::finding::UnknownCode;
use workflow_model::name::nearest;

#[cfg(feature = "sqlite")]
use super::durable::DurableError;
use super::signals::Signal;
use crate::{BuildError, ExecutionError, StartError};

/// Why a command failed. Each says what to do instead.
#[derive(Debug)]
pub(super) enum AppError {
    UnknownWorkflow {
        name: String,
        known: Vec<&'static str>,
    },
    WhichWorkflow {
        known: Vec<&'static str>,
    },
    /// The input `place`, which is empty for the argument itself.
    NotJson {
        place: String,
        error: serde_json::Error,
    },
    NoInputFile {
        path: String,
        error: io::Error,
    },
    Stdin(io::Error),
    NothingOnStdin,
    NoInput {
        name: &'static str,
        error: serde_json::Error,
    },
    Build(BuildError),
    Start(StartError),
    Execution(ExecutionError),
    Cancelled(Signal),
    Definition {
        name: &'static str,
        message: String,
    },
    Deploy(DeployError),
    NothingToDeploy,
    Write {
        path: PathBuf,
        error: io::Error,
    },
    Differs(Vec<PathBuf>),
    Findings(usize),
    Code(UnknownCode),
    Output(io::Error),
    #[cfg(feature = "sqlite")]
    Durable(DurableError),
}

impl AppError {
    /// What the program exits with.
    pub(super) fn exit_code(&self) -> u8 {
        match self {
            AppError::Cancelled(signal) => signal.exit_code(),
            #[cfg(feature = "sqlite")]
            AppError::Durable(error) => error.exit_code(),
            _ => 1,
        }
    }
}

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AppError::UnknownWorkflow { name, known } => match nearest(name, known.iter().copied()) {
                Some(near) => write!(f, "there is no workflow `{name}`; did you mean `{near}`?"),
                None => write!(f, "there is no workflow `{name}`; {}", there_are(known)),
            },
            AppError::WhichWorkflow { known } => write!(f, "which workflow? {}", there_are(known)),
            AppError::NotJson { place, error } => write!(f, "the input{place} is not JSON: {error}"),
            AppError::NoInputFile { path, error } => {
                match error.kind() {
                    io::ErrorKind::NotFound => write!(f, "there is no file `{path}`")?,
                    _ => write!(f, "`{path}` cannot be read ({error})")?,
                }
                f.write_str(", and it is not JSON either; a string is JSON within quotes, as in --input '\"Ada\"'")
            }
            AppError::Stdin(error) => write!(f, "standard input cannot be read: {error}"),
            AppError::NothingOnStdin => f.write_str("there is nothing on standard input; an input is JSON"),
            AppError::NoInput { name, error } => {
                write!(f, "`{name}` takes an input, and null does not fit it ({error}); give one with --input")
            }
            AppError::Build(error) => error.fmt(f),
            AppError::Start(error) => error.fmt(f),
            AppError::Execution(error) => error.fmt(f),
            AppError::Cancelled(signal) => write!(f, "the execution was cancelled by {signal}"),
            AppError::Definition { name, message } => write!(f, "`{name}` cannot be exported: {message}"),
            AppError::Deploy(error) => error.fmt(f),
            AppError::NothingToDeploy => f.write_str(
                "this program has no workflow that is exported: all are `#[workflow(native)]`, or there is none",
            ),
            AppError::Write { path, error } => write!(f, "{} cannot be written: {error}", path.display()),
            AppError::Differs(paths) => {
                f.write_str("these files differ from the workflows; run the same command without --check:")?;
                paths.iter().try_for_each(|path| write!(f, "\n  {}", path.display()))
            }
            AppError::Findings(1) => f.write_str("1 finding"),
            AppError::Findings(count) => write!(f, "{count} findings"),
            AppError::Code(UnknownCode { written, near: Some(near) }) => {
                write!(f, "there is no finding `{written}`; did you mean `explain {near}`?")
            }
            AppError::Code(unknown) => write!(f, "{unknown}; `explain` alone lists all"),
            AppError::Output(error) => write!(f, "standard output cannot be written: {error}"),
            #[cfg(feature = "sqlite")]
            AppError::Durable(error) => error.fmt(f),
        }
    }
}

fn there_are(known: &[&str]) -> String {
    match known {
        [] => "this program has none; add one with `App::workflow`".to_owned(),
        known => format!("this program has {}", known.join(", ")),
    }
}
