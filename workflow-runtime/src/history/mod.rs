//! The history of an execution, in the events of Step Functions.
//!
//! Names, order and fields are those of `GetExecutionHistory`, so that what is learned from a native run holds on AWS:
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html>.

mod describe;
mod json;
mod log;
mod recorder;
pub(crate) mod stored;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

pub(crate) use describe::DescribedExecution;
pub(crate) use log::{Log, Stamp};
pub(crate) use recorder::Recorder;

use crate::workflow::StateType;
use crate::{ExecutionId, Failure};

/// Something that happened in an execution.
///
/// It serialises as an entry of `GetExecutionHistory`:
///
/// ```json
/// {"timestamp":1795374000.25,"type":"WaitStateEntered","id":2,"previousEventId":0,"stateEnteredEventDetails":{"name":"Rest"}}
/// ```
///
/// The timestamp is in seconds since 1970, as in the API's own JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its number in the history, from 1.
    pub id: u64,
    /// The number of the event it follows from; 0 for the first ones.
    pub previous_event_id: u64,
    /// When it happened.
    pub timestamp: SystemTime,
    /// What happened.
    pub detail: EventDetail,
}

/// What happened. Inputs and outputs are JSON, and there only if the engine
/// [includes them](crate::EngineBuilder::include_execution_data).
///
/// ```
/// use workflow_runtime::StateType;
/// use workflow_runtime::history::EventDetail;
///
/// let entered = EventDetail::StateEntered { kind: StateType::Wait, name: "Rest", input: None };
/// assert_eq!(entered.event_type(), "WaitStateEntered");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[allow(missing_docs, reason = "the fields are named as in Step Functions' API")]
pub enum EventDetail {
    /// The execution began.
    ExecutionStarted { input: Option<Arc<str>> },
    /// The execution ended with an output.
    ExecutionSucceeded { output: Option<Arc<str>> },
    /// The execution ended with an error.
    ExecutionFailed { failure: Box<Failure> },
    /// The execution took longer than its workflow's timeout.
    ExecutionTimedOut,
    /// The execution was cancelled.
    ExecutionAborted { failure: Box<Failure> },
    /// A state began.
    StateEntered { kind: StateType, name: &'static str, input: Option<Arc<str>> },
    /// A state ended, and gave this to the next one. `assigned` are the variables that it assigned, each as JSON.
    StateExited {
        kind: StateType,
        name: &'static str,
        output: Option<Arc<str>>,
        assigned: Option<Box<BTreeMap<&'static str, String>>>,
    },
    /// A state was cancelled, as another branch failed. Only states in which time passes are.
    StateAborted { kind: StateType },
    /// The branches of a state began.
    ParallelStateStarted,
    /// All branches succeeded.
    ParallelStateSucceeded,
    /// A branch failed, and nothing retries it.
    ParallelStateFailed,
    /// The items of a map are to be run.
    MapStateStarted { length: usize },
    /// All items succeeded.
    MapStateSucceeded,
    /// An item failed, and nothing retries it.
    MapStateFailed,
    /// An item of the map of this name began.
    MapIterationStarted { name: &'static str, index: usize },
    /// An item succeeded.
    MapIterationSucceeded { name: &'static str, index: usize },
    /// An item failed.
    MapIterationFailed { name: &'static str, index: usize },
    /// An item was cancelled, as another one failed.
    MapIterationAborted { name: &'static str, index: usize },
    /// A distributed map began a run of its executions.
    MapRunStarted { arn: Box<str> },
    /// The run succeeded.
    MapRunSucceeded,
    /// The run failed, and its executions that were under way were cancelled.
    MapRunFailed { failure: Box<Failure> },
    /// An attempt at a task is due.
    TaskScheduled { resource: &'static Resource, timeout: Option<Duration>, heartbeat: Option<Duration> },
    /// An attempt began.
    TaskStarted { resource: &'static Resource },
    /// A service has taken the request, and its work goes on. Of a nested execution the history is under this identity.
    TaskSubmitted { resource: &'static Resource, execution: Option<Box<ExecutionId>> },
    /// An attempt succeeded.
    TaskSucceeded { resource: &'static Resource, output: Option<Arc<str>> },
    /// An attempt failed.
    TaskFailed { resource: &'static Resource, failure: Box<Failure> },
    /// An attempt took too long, or sent no heartbeat in time.
    TaskTimedOut { resource: &'static Resource, failure: Box<Failure> },
    /// A task is in the queue of an activity.
    ActivityScheduled(Box<ActivityScheduled>),
    /// A worker has taken the task.
    ActivityStarted { worker_name: Option<Arc<str>> },
    /// The worker succeeded.
    ActivitySucceeded { output: Option<Arc<str>> },
    /// The worker failed.
    ActivityFailed { failure: Box<Failure> },
    /// The worker took too long, or sent no heartbeat in time.
    ActivityTimedOut { failure: Box<Failure> },
    /// A portable expression failed.
    EvaluationFailed { state: &'static str, location: &'static str, failure: Box<Failure> },
}

impl EventDetail {
    /// The type of the event, as in `TaskStateEntered`.
    pub fn event_type(&self) -> String {
        match self {
            EventDetail::ExecutionStarted { .. } => "ExecutionStarted".into(),
            EventDetail::ExecutionSucceeded { .. } => "ExecutionSucceeded".into(),
            EventDetail::ExecutionFailed { .. } => "ExecutionFailed".into(),
            EventDetail::ExecutionTimedOut => "ExecutionTimedOut".into(),
            EventDetail::ExecutionAborted { .. } => "ExecutionAborted".into(),
            EventDetail::StateEntered { kind, .. } => format!("{kind:?}StateEntered"),
            EventDetail::StateExited { kind, .. } => format!("{kind:?}StateExited"),
            EventDetail::StateAborted { kind } => format!("{kind:?}StateAborted"),
            EventDetail::ParallelStateStarted => "ParallelStateStarted".into(),
            EventDetail::ParallelStateSucceeded => "ParallelStateSucceeded".into(),
            EventDetail::ParallelStateFailed => "ParallelStateFailed".into(),
            EventDetail::MapStateStarted { .. } => "MapStateStarted".into(),
            EventDetail::MapStateSucceeded => "MapStateSucceeded".into(),
            EventDetail::MapStateFailed => "MapStateFailed".into(),
            EventDetail::MapRunStarted { .. } => "MapRunStarted".into(),
            EventDetail::MapRunSucceeded => "MapRunSucceeded".into(),
            EventDetail::MapRunFailed { .. } => "MapRunFailed".into(),
            EventDetail::MapIterationStarted { .. } => "MapIterationStarted".into(),
            EventDetail::MapIterationSucceeded { .. } => "MapIterationSucceeded".into(),
            EventDetail::MapIterationFailed { .. } => "MapIterationFailed".into(),
            EventDetail::MapIterationAborted { .. } => "MapIterationAborted".into(),
            EventDetail::TaskScheduled { .. } => "TaskScheduled".into(),
            EventDetail::TaskStarted { .. } => "TaskStarted".into(),
            EventDetail::TaskSubmitted { .. } => "TaskSubmitted".into(),
            EventDetail::TaskSucceeded { .. } => "TaskSucceeded".into(),
            EventDetail::TaskFailed { .. } => "TaskFailed".into(),
            EventDetail::TaskTimedOut { .. } => "TaskTimedOut".into(),
            EventDetail::ActivityScheduled { .. } => "ActivityScheduled".into(),
            EventDetail::ActivityStarted { .. } => "ActivityStarted".into(),
            EventDetail::ActivitySucceeded { .. } => "ActivitySucceeded".into(),
            EventDetail::ActivityFailed { .. } => "ActivityFailed".into(),
            EventDetail::ActivityTimedOut { .. } => "ActivityTimedOut".into(),
            EventDetail::EvaluationFailed { .. } => "EvaluationFailed".into(),
        }
    }
}

/// A task for the workers of an activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityScheduled {
    /// The name of the activity.
    pub activity: &'static str,
    /// What the worker is given, as JSON.
    pub input: Option<Arc<str>>,
    /// The longest time that the worker may take.
    pub timeout: Option<Duration>,
    /// The longest time between two of its heartbeats.
    pub heartbeat: Option<Duration>,
}

/// What a task calls, in the two words that Step Functions has for it: `lambda` and `invoke` are
/// `arn:aws:states:::lambda:invoke` in a definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resource {
    /// The service, as in `lambda`.
    pub resource_type: &'static str,
    /// The action, as in `invoke`.
    pub resource: &'static str,
}

impl Resource {
    /// What a `#[task]` is exported as.
    pub const LAMBDA_INVOKE: Resource = Resource { resource_type: "lambda", resource: "invoke" };
    /// What a `#[task(callback)]` is exported as.
    pub const LAMBDA_INVOKE_CALLBACK: Resource =
        Resource { resource_type: "lambda", resource: "invoke.waitForTaskToken" };
    /// Whether it is a Lambda function, whose errors have a form of their own.
    pub(crate) fn is_lambda(self) -> bool {
        self.resource_type == Resource::LAMBDA_INVOKE.resource_type
    }

    /// Whether the request and the end of its work are two things, as they are of a job that is waited for.
    pub(crate) fn is_submitted(self) -> bool {
        self.resource.contains('.')
    }

    /// What a `#[nested(…, request_response)]` is exported as.
    pub const START_EXECUTION: Resource = Resource { resource_type: "states", resource: "startExecution" };
    /// What a `#[nested(…, sync)]` is exported as.
    pub const START_EXECUTION_SYNC: Resource = Resource { resource_type: "states", resource: "startExecution.sync" };
    /// What a `#[nested(…, callback)]` is exported as.
    pub const START_EXECUTION_CALLBACK: Resource =
        Resource { resource_type: "states", resource: "startExecution.waitForTaskToken" };
    /// What a `#[nested]` is exported as.
    pub const START_EXECUTION_SYNC_2: Resource =
        Resource { resource_type: "states", resource: "startExecution.sync:2" };
}
