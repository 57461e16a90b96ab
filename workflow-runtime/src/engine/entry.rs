//! What an engine knows of one execution.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use tokio::sync::Notify;
use tokio::time::Instant;

use serde::{Deserialize, Serialize};

use crate::history::Event;
use crate::{Data, ExecutionError, ExecutionId, Failure};

/// Where an execution stands, in Step Functions' terms.
///
/// ```
/// use workflow_runtime::Status;
///
/// assert_eq!(Status::TimedOut.to_string(), "TIMED_OUT");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Data)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum Status {
    /// It is on its way.
    Running,
    /// It ended with an output.
    Succeeded,
    /// It ended with an error.
    Failed,
    /// It took longer than its workflow's timeout.
    TimedOut,
    /// It was cancelled.
    Aborted,
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Status::Running => "RUNNING",
            Status::Succeeded => "SUCCEEDED",
            Status::Failed => "FAILED",
            Status::TimedOut => "TIMED_OUT",
            Status::Aborted => "ABORTED",
        })
    }
}

/// An execution in an engine's register.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) id: ExecutionId,
    /// Its place in the order of all starts.
    pub(crate) number: u64,
    pub(crate) parent: Option<ExecutionId>,
    pub(crate) input: String,
    pub(crate) started: SystemTime,
    progress: Mutex<Progress>,
    /// Told of every event.
    changed: Notify,
    /// Told of the end.
    ended: Notify,
    /// Told of a cancellation.
    stop: Notify,
}

#[derive(Debug)]
struct Progress {
    status: Status,
    events: Vec<Event>,
    /// The output as JSON, or why there is none. `None` until the end.
    result: Option<Result<String, ExecutionError>>,
    stopped: Option<SystemTime>,
    /// The error and the cause that a cancellation gave.
    stop_reason: Option<Failure>,
    /// When it was due, the last time that it was parked.
    parked: Option<Instant>,
}

impl Progress {
    /// The number of the next event.
    fn next(&self) -> u64 {
        self.events.len() as u64 + 1
    }
}

impl Entry {
    pub(crate) fn new(
        id: ExecutionId,
        number: u64,
        parent: Option<ExecutionId>,
        input: String,
        started: SystemTime,
    ) -> Self {
        let progress = Progress {
            status: Status::Running,
            events: Vec::new(),
            result: None,
            stopped: None,
            stop_reason: None,
            parked: None,
        };
        Entry {
            id,
            number,
            parent,
            input,
            started,
            progress: Mutex::new(progress),
            changed: Notify::new(),
            ended: Notify::new(),
            stop: Notify::new(),
        }
    }

    fn progress(&self) -> MutexGuard<'_, Progress> {
        // Nothing that holds the lock can panic half-way through a change.
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds the next event, and gives its number. Branches share one history, so it is numbered here.
    pub(crate) fn push(&self, event: impl FnOnce(u64) -> Event) -> u64 {
        let mut progress = self.progress();
        let number = progress.next();
        progress.events.push(event(number));
        drop(progress);
        self.changed.notify_waiters();
        number
    }

    /// Ends the execution with its last event, so that nobody sees one without the other.
    pub(crate) fn end(&self, event: impl FnOnce(u64) -> Event, status: Status, result: Result<String, ExecutionError>) {
        let mut progress = self.progress();
        let event = event(progress.next());
        progress.status = status;
        progress.result = Some(result);
        progress.stopped = Some(event.timestamp);
        progress.events.push(event);
        drop(progress);
        self.changed.notify_waiters();
        self.ended.notify_waiters();
    }

    pub(crate) fn status(&self) -> Status {
        self.progress().status
    }

    pub(crate) fn stopped(&self) -> Option<SystemTime> {
        self.progress().stopped
    }

    pub(crate) fn events(&self) -> Vec<Event> {
        self.progress().events.clone()
    }

    /// The event behind the first `seen`, once it is there. `None` when the execution ended without it.
    pub(crate) async fn event(&self, seen: usize) -> Option<Event> {
        self.wait_for(&self.changed, |progress| match progress.events.get(seen) {
            Some(event) => Some(Some(event.clone())),
            None => progress.result.is_some().then_some(None),
        })
        .await
    }

    /// The output as JSON, once the execution ended.
    pub(crate) async fn result(&self) -> Result<String, ExecutionError> {
        self.wait_for(&self.ended, |progress| progress.result.clone()).await
    }

    async fn wait_for<T>(&self, news: &Notify, mut look: impl FnMut(&Progress) -> Option<T>) -> T {
        loop {
            // Made before looking, it hears of all that happens after.
            let news = news.notified();
            if let Some(found) = look(&self.progress()) {
                return found;
            }
            news.await;
        }
    }

    /// Asks the execution to stop. Says whether it was still running.
    pub(crate) fn stop(&self, reason: Failure) -> bool {
        let mut progress = self.progress();
        if progress.status != Status::Running {
            return false;
        }
        progress.stop_reason.get_or_insert(reason);
        drop(progress);
        // Kept until the execution listens, should it not have begun.
        self.stop.notify_one();
        true
    }

    /// Notes that the execution is parked until it is due, unless it has been asked to stop.
    pub(super) fn parks(&self, due: Instant) -> bool {
        let mut progress = self.progress();
        let parks = progress.stop_reason.is_none();
        progress.parked = parks.then_some(due);
        parks
    }

    /// When the execution was due, the last time that it was parked.
    pub(super) fn parked(&self) -> Option<Instant> {
        self.progress().parked
    }

    /// Waits until the execution is asked to stop, and gives the reason.
    pub(crate) async fn stop_requested(&self) -> Failure {
        self.stop.notified().await;
        self.progress().stop_reason.clone().unwrap_or_else(|| Failure::new("", ""))
    }
}
