//! What the commands over a file take.

use std::path::PathBuf;
use std::time::Duration;

use clap::{ArgGroup, Args, Subcommand, ValueEnum};
use workflow_model::duration;

use crate::Status;

/// The environment variable that names the file where no argument does.
const STORE: &str = "WORKFLOW_STORE";

#[derive(Debug, Subcommand)]
pub(in crate::app) enum Command {
    /// List the executions in a file, the newest first
    Executions(Executions),
    /// Print what happened in an execution, event by event
    History(History),
    /// Stop an execution, also one that another process runs
    Stop(Stop),
    /// Remove executions that have ended, with their histories
    Remove(Remove),
    /// Go on with all executions in a file that have not ended, until they have
    Resume(Resume),
}

/// What `run` takes besides.
#[derive(Debug, Args)]
pub(in crate::app) struct Kept {
    /// Keep the execution in this file, from which it goes on after a crash
    #[arg(long, value_name = "FILE", env = STORE)]
    pub store: Option<PathBuf>,
    #[command(flatten)]
    pub grace: Grace,
}

#[derive(Debug, Args)]
pub(in crate::app) struct Grace {
    /// With a file: how long running steps may take to end, as in 30s, when the program is asked to end
    #[arg(long, value_name = "DURATION", default_value = "5s", value_parser = duration::parse)]
    pub grace: Duration,
}

#[derive(Debug, Args)]
pub(super) struct StoreFile {
    /// The file that executions are kept in
    #[arg(long, value_name = "FILE", env = STORE)]
    pub store: PathBuf,
}

#[derive(Debug, Args)]
pub(in crate::app) struct Executions {
    #[command(flatten)]
    pub(super) file: StoreFile,
    /// Those of this workflow only
    #[arg(long, value_name = "NAME")]
    pub workflow: Option<String>,
    /// Those with this status only
    #[arg(long, value_enum, ignore_case = true)]
    pub status: Option<StatusName>,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub limit: usize,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// A [`Status`], as it is typed.
#[derive(Clone, Copy, Debug, ValueEnum)]
#[value(rename_all = "SCREAMING_SNAKE_CASE")]
pub(in crate::app) enum StatusName {
    Running,
    Succeeded,
    Failed,
    TimedOut,
    Aborted,
}

impl From<StatusName> for Status {
    fn from(name: StatusName) -> Self {
        match name {
            StatusName::Running => Status::Running,
            StatusName::Succeeded => Status::Succeeded,
            StatusName::Failed => Status::Failed,
            StatusName::TimedOut => Status::TimedOut,
            StatusName::Aborted => Status::Aborted,
        }
    }
}

#[derive(Debug, Args)]
pub(in crate::app) struct History {
    /// The execution, as in PollService:9f0c…; the name alone will do where only one execution has it
    pub id: String,
    #[command(flatten)]
    pub(super) file: StoreFile,
    /// Print what happens from now on, too, until the execution ends
    #[arg(long, short)]
    pub follow: bool,
    /// Print JSON: all events as Step Functions has them, or with --follow one on each line
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(in crate::app) struct Stop {
    /// The execution, as in PollService:9f0c…; the name alone will do where only one execution has it
    pub id: String,
    #[command(flatten)]
    pub(super) file: StoreFile,
    /// The error that it ends with
    #[arg(long, default_value = "")]
    pub error: String,
    /// What is said of the error
    #[arg(long, default_value = "")]
    pub cause: String,
}

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("which").required(true).args(["id", "ended_before"])))]
pub(in crate::app) struct Remove {
    /// The execution, as in PollService:9f0c…; the name alone will do where only one execution has it
    pub id: Option<String>,
    #[command(flatten)]
    pub(super) file: StoreFile,
    /// All that ended at least so long ago, as in 90d
    #[arg(long, value_name = "DURATION", value_parser = duration::parse)]
    pub ended_before: Option<Duration>,
    /// Those of this workflow only
    #[arg(long, value_name = "NAME", requires = "ended_before")]
    pub workflow: Option<String>,
}

#[derive(Debug, Args)]
pub(in crate::app) struct Resume {
    #[command(flatten)]
    pub(super) file: StoreFile,
    #[command(flatten)]
    pub(super) grace: Grace,
}
