//! What a task may know of its execution: [`TaskContext`].

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use tokio::sync::Notify;

use crate::ExecutionId;
use crate::run::Visit;

/// What a task may know of its execution, and how it says that it is alive.
///
/// A task takes it as its last parameter, if it wants it: `async fn copy(&self, files: Vec<String>, cx: TaskContext)`.
///
/// ```
/// use workflow_runtime::TaskContext;
///
/// async fn copy_all(files: &[&str], cx: &TaskContext) {
///     for file in files {
///         // … copy the file …
///         cx.heartbeat();
///     }
/// }
/// ```
#[derive(Clone)]
pub struct TaskContext {
    shared: Arc<Shared>,
    /// Of a poll: how often it was polled before, and since when.
    poll: Option<(u32, SystemTime)>,
}

struct Shared {
    execution: ExecutionId,
    state: &'static str,
    step: Step,
    retries: u32,
    attempt: u32,
    started: SystemTime,
    entered: SystemTime,
    beat: Notify,
}

/// What tells a visit of a state from all others of the execution.
enum Step {
    Visit(Visit),
    /// On AWS: what is known there.
    #[cfg(feature = "lambda")]
    Entry(String),
}

impl TaskContext {
    pub(crate) fn new(
        execution: ExecutionId,
        state: &'static str,
        visit: Visit,
        (retries, attempt): (u32, u32),
        (started, entered): (SystemTime, SystemTime),
    ) -> Self {
        let beat = Notify::new();
        let shared = Shared { execution, state, step: Step::Visit(visit), retries, attempt, started, entered, beat };
        TaskContext { shared: Arc::new(shared), poll: None }
    }

    /// What a task is told that runs on AWS.
    #[cfg(feature = "lambda")]
    pub(crate) fn on_lambda(
        execution: ExecutionId,
        state: &'static str,
        entry: String,
        retries: u32,
        (started, entered): (SystemTime, SystemTime),
    ) -> Self {
        let beat = Notify::new();
        let (step, attempt) = (Step::Entry(entry), retries.saturating_add(1));
        let shared = Shared { execution, state, step, retries, attempt, started, entered, beat };
        TaskContext { shared: Arc::new(shared), poll: None }
    }

    /// The same for an attempt of a poll.
    pub(crate) fn polling(self, poll_count: u32, since: SystemTime) -> Self {
        TaskContext { poll: Some((poll_count, since)), ..self }
    }

    /// The execution that the task is a step of.
    pub fn execution(&self) -> &ExecutionId {
        &self.shared.execution
    }

    /// The name of the state in Amazon States Language, as in `CallService`.
    pub fn state(&self) -> &'static str {
        self.shared.state
    }

    /// When the execution began.
    pub fn start_time(&self) -> SystemTime {
        self.shared.started
    }

    /// When the state was entered: the same for every attempt.
    pub fn entered_time(&self) -> SystemTime {
        self.shared.entered
    }

    /// How often the task was tried before in this visit of the state: 0 on the first attempt.
    pub fn retry_count(&self) -> u32 {
        self.shared.retries
    }

    /// The number of this attempt in this visit of the state, from 1. Besides the retries it counts the times that the task ran again as
    /// the process had ended before it did: an engine with a [store](crate::EngineBuilder::store) runs each attempt at least once.
    pub fn attempt(&self) -> u32 {
        self.shared.attempt
    }

    /// How often a `#[poll]` was polled before in this visit of the state: 0 on the first attempt, and in a `#[task]`. Attempts that
    /// were retried count once.
    pub fn poll_count(&self) -> u32 {
        self.poll.map_or(0, |(poll_count, _)| poll_count)
    }

    /// When this visit of a `#[poll]` began, to the millisecond: its deadline is counted from then. `None` in a `#[task]`.
    pub fn polling_since(&self) -> Option<SystemTime> {
        self.poll.map(|(_, since)| since)
    }

    /// A key that is the same for every attempt at this step, and different for every other step: hand it to a service that
    /// promises to do the same request only once.
    pub fn idempotency_key(&self) -> String {
        let Shared { execution, state, step, .. } = &*self.shared;
        match step {
            Step::Visit(visit) => format!("{execution}:{state}:{visit}"),
            #[cfg(feature = "lambda")]
            Step::Entry(entry) => format!("{execution}:{state}:{entry}"),
        }
    }

    /// Says that the task is alive. A task with a `heartbeat` that stays silent for longer fails with `States.Timeout`.
    ///
    /// On AWS it does nothing: a Lambda function that Step Functions waits for has no way to send heartbeats, and those of a callback are
    /// sent with its token.
    pub fn heartbeat(&self) {
        self.shared.beat.notify_one();
    }

    /// Waits for the next heartbeat.
    pub(crate) async fn beat(&self) {
        self.shared.beat.notified().await;
    }
}

impl fmt::Debug for TaskContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TaskContext")
            .field("execution", &self.shared.execution)
            .field("state", &self.shared.state)
            .field("retry_count", &self.shared.retries)
            .finish_non_exhaustive()
    }
}
