//! `#[task]`: the user's code, with its timeouts, its retriers and its catchers.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Function, Service};
use crate::machine::{Assignment, Next, Transition, TypeRef};

/// A task: an `async fn` of the user's, or an activity, which a worker takes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Task {
    /// What Step Functions calls. `None`: the Lambda function of the program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<Service>,
    /// The Lambda function that Step Functions invokes. `None`: that of the program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub function: Option<Function>,
    /// The longest time one attempt may take. `None` is a finding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeout: Option<Duration>,
    /// The longest time between two heartbeats.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heartbeat: Option<Duration>,
    /// Whether the method takes a `TaskContext`, without which it can send no heartbeat.
    #[serde(default)]
    pub takes_context: bool,
    /// Whether the task ends when somebody sends its token, and not when its method returns.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub callback: bool,
    /// The name of the activity whose workers run the task. `None`: the task is the user's method.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<String>,
    /// The type of the result; of a callback, what is sent with its token.
    pub output: TypeRef,
    /// Tried in order when an attempt fails.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub retry: Vec<Retrier>,
    /// Tried in order when no retrier takes the error.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub catch: Vec<Catcher>,
    /// What follows.
    pub next: Next,
}

impl Task {
    /// Whether this program runs the task on AWS too, as a Lambda function: no service does, no worker, and nobody else's function.
    pub fn is_run_by_program(&self) -> bool {
        let is_others = self.function.as_ref().is_some_and(|function| !function.own);
        self.service.is_none() && self.activity.is_none() && !is_others
    }

    /// Whether somebody else ends the task, and so sends its heartbeats too: whoever has its token, or an activity's worker.
    pub fn is_ended_from_outside(&self) -> bool {
        self.callback || self.activity.is_some()
    }
}

/// `#[retry(…)]`: runs the task again after the errors it names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Retrier {
    /// The errors it takes.
    pub errors: Vec<ErrorRef>,
    /// How long to wait, how often to try.
    pub backoff: Backoff,
}

/// The schedule of a [`Retrier`], with Step Functions' defaults.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Backoff {
    /// The wait before the first retry (`IntervalSeconds`).
    pub interval: Duration,
    /// How many retries there are (`MaxAttempts`); 0 means never.
    pub max_attempts: u32,
    /// What the wait is multiplied by from one retry to the next (`BackoffRate`).
    pub backoff_rate: f64,
    /// The longest wait (`MaxDelaySeconds`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_delay: Option<Duration>,
    /// Whether waits are spread (`JitterStrategy`).
    #[serde(default)]
    pub jitter: Jitter,
}

impl Default for Backoff {
    fn default() -> Self {
        Backoff {
            interval: Duration::from_secs(1),
            max_attempts: 3,
            backoff_rate: 2.0,
            max_delay: None,
            jitter: Jitter::None,
        }
    }
}

impl Backoff {
    /// The wait before the `retry`-th retry, counted from 0, before jitter.
    ///
    /// ```
    /// use std::time::Duration;
    /// use workflow_model::states::Backoff;
    ///
    /// let backoff = Backoff { interval: Duration::from_secs(2), max_delay: Some(Duration::from_secs(5)), ..Backoff::default() };
    /// assert_eq!(backoff.delay(0), Duration::from_secs(2));
    /// assert_eq!(backoff.delay(1), Duration::from_secs(4));
    /// assert_eq!(backoff.delay(2), Duration::from_secs(5));
    /// ```
    pub fn delay(&self, retry: u32) -> Duration {
        let exponent = i32::try_from(retry).unwrap_or(i32::MAX);
        let seconds = self.interval.as_secs_f64() * self.backoff_rate.powi(exponent);
        let longest = self.max_delay.unwrap_or(LONGEST_DELAY);
        Duration::try_from_secs_f64(seconds).map_or(longest, |delay| delay.min(longest))
    }
}

/// A year: what Step Functions allows a delay to be at most.
const LONGEST_DELAY: Duration = Duration::from_secs(31_622_400);

/// `jitter = full` spreads a retry's wait evenly between nothing and its full length.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Jitter {
    /// The wait is as long as computed.
    #[default]
    None,
    /// The wait is a random part of what was computed.
    Full,
}

/// `#[catch(… => …)]`: goes on elsewhere after the errors it names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Catcher {
    /// The errors it takes.
    pub errors: Vec<ErrorRef>,
    /// Where it goes on. The payload's parameters are the failure and, optionally, the state's input.
    pub transition: Transition,
    /// The variables that are assigned on the way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assign: Vec<Assignment>,
}

/// An error that a retrier or a catcher names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorRef {
    /// An error of Step Functions, as in `States::Timeout`.
    States(StatesError),
    /// An error of the user's: an index into [`StateMachine::errors`](crate::StateMachine::errors).
    Custom(ErrorName),
}

/// An index into [`StateMachine::errors`](crate::StateMachine::errors).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ErrorName(pub usize);

/// The errors that Step Functions itself raises, and its wildcards.
///
/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html>.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum StatesError {
    /// `States.ALL`: every error but `States.Runtime`. AWS documents that `States.DataLimitExceeded` escapes too, but executions
    /// recorded on AWS show it caught.
    All,
    /// `States.TaskFailed`: every error of a task but `States.Timeout`.
    TaskFailed,
    /// `States.Timeout`: the task ran longer than its timeout or its heartbeat.
    Timeout,
    /// `States.HeartbeatTimeout`: no heartbeat came in time.
    HeartbeatTimeout,
    /// `States.QueryEvaluationError`: a portable expression failed.
    QueryEvaluationError,
    /// `States.Permissions`: the state machine's role lacks a privilege.
    Permissions,
    /// `States.DataLimitExceeded`: a payload was larger than 256 KiB.
    DataLimitExceeded,
    /// `States.Runtime`: the execution met something it could not process.
    Runtime,
}

impl StatesError {
    /// All of them, in the order they are documented here.
    pub const ALL: [StatesError; 8] = [
        StatesError::All,
        StatesError::TaskFailed,
        StatesError::Timeout,
        StatesError::HeartbeatTimeout,
        StatesError::QueryEvaluationError,
        StatesError::Permissions,
        StatesError::DataLimitExceeded,
        StatesError::Runtime,
    ];

    /// The name in Amazon States Language.
    pub const fn asl_name(self) -> &'static str {
        match self {
            StatesError::All => "States.ALL",
            StatesError::TaskFailed => "States.TaskFailed",
            StatesError::Timeout => "States.Timeout",
            StatesError::HeartbeatTimeout => "States.HeartbeatTimeout",
            StatesError::QueryEvaluationError => "States.QueryEvaluationError",
            StatesError::Permissions => "States.Permissions",
            StatesError::DataLimitExceeded => "States.DataLimitExceeded",
            StatesError::Runtime => "States.Runtime",
        }
    }

    /// The name in Rust, without the `States::` before it.
    pub fn rust_name(self) -> &'static str {
        match self {
            StatesError::All => "All",
            other => &other.asl_name()["States.".len()..],
        }
    }

    /// The error that Rust calls `States::name`.
    pub fn from_rust_name(name: &str) -> Option<StatesError> {
        StatesError::ALL.into_iter().find(|error| error.rust_name() == name)
    }
}

impl fmt::Display for StatesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "States::{}", self.rust_name())
    }
}
