//! What an engine knows of one execution.

mod lasting;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};
use tokio::sync::Notify;
use workflow_model::states::StatesError;

use super::Ledger;
use super::parking::Parked;
use crate::history::{Event, Log, Stamp};
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

/// What is known of an execution from its start on.
pub(crate) struct Begun {
    pub(crate) id: ExecutionId,
    /// The execution that starts it.
    pub(crate) parent: Option<ExecutionId>,
    /// As JSON.
    pub(crate) input: String,
    pub(crate) started: SystemTime,
    /// Whether its history has room for [`LIMIT`] events only.
    pub(crate) is_limited: bool,
}

/// What only some executions have.
struct Origin {
    parent: Option<ExecutionId>,
    /// What is to be written down of it.
    ledger: Option<Ledger>,
}

/// How many events the history of a Standard workflow has at most: the last of them is the end of the execution. One that reaches the
/// limit otherwise fails with it.
const LIMIT: u64 = 25_000;

/// An execution in an engine's register.
///
/// There may be hundreds of thousands that wait, so what few of them have is behind a pointer.
pub(crate) struct Entry {
    pub(crate) id: ExecutionId,
    /// Its place in the order of all starts.
    pub(crate) number: u64,
    origin: Option<Box<Origin>>,
    /// Shared with the history, where that has data.
    pub(crate) input: Arc<str>,
    started: Stamp,
    progress: Mutex<Progress>,
    /// Made for the first one who waits for something to happen.
    news: OnceLock<Box<News>>,
}

struct Progress {
    status: Status,
    log: Log,
    /// `None` until the end.
    outcome: Option<Box<Outcome>>,
    /// Whether there is room for [`LIMIT`] events only.
    is_limited: bool,
    /// How the execution ends, where it was told to stop.
    stop: Option<Box<ExecutionError>>,
    /// Wakes the task of the execution, to be told of a cancellation. There is none while the execution is parked: it would keep the
    /// memory of a task that has ended.
    task: Option<Waker>,
    /// The execution itself, while it is parked.
    parked: Option<Box<dyn Parked>>,
}

/// How an execution ended.
struct Outcome {
    /// The output as JSON, or why there is none.
    result: Result<String, ExecutionError>,
    stopped: SystemTime,
}

/// What can be waited for.
#[derive(Default)]
struct News {
    /// Any event.
    changed: Notify,
    /// The end.
    ended: Notify,
}

impl Entry {
    pub(crate) fn new(begun: Begun, number: u64, ledger: Option<Ledger>) -> Self {
        let Begun { id, parent, input, started, is_limited } = begun;
        let progress = Progress {
            status: Status::Running,
            log: Log::default(),
            outcome: None,
            is_limited,
            stop: None,
            task: None,
            parked: None,
        };
        Entry {
            id,
            number,
            origin: (parent.is_some() || ledger.is_some()).then(|| Box::new(Origin { parent, ledger })),
            input: input.into(),
            started: started.into(),
            progress: Mutex::new(progress),
            news: OnceLock::new(),
        }
    }

    /// The execution that started this one.
    pub(crate) fn parent(&self) -> Option<&ExecutionId> {
        self.origin.as_ref()?.parent.as_ref()
    }

    /// What is to be written down of it, where that is done.
    pub(crate) fn ledger(&self) -> Option<&Ledger> {
        self.origin.as_ref()?.ledger.as_ref()
    }

    pub(crate) fn started(&self) -> SystemTime {
        self.started.into()
    }

    fn progress(&self) -> MutexGuard<'_, Progress> {
        // Nothing that holds the lock can panic half-way through a change.
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds the next event, and gives its number. Branches share one history, so it is numbered here. Where there is no room, the
    /// execution is told to stop.
    pub(crate) fn push(&self, event: impl FnOnce(u64) -> Event) -> Option<u64> {
        let mut progress = self.progress();
        let number = progress.log.next();
        if progress.is_limited && number >= LIMIT {
            let cause = format!("The execution reached the maximum number of history events ({LIMIT}).");
            let full = ExecutionError::Failed(Failure::states(StatesError::Runtime, cause));
            progress.stop.get_or_insert_with(|| Box::new(full));
            return None;
        }
        let event = event(number);
        if let Some(ledger) = self.ledger() {
            ledger.event(&event);
        }
        progress.log.push(event);
        drop(progress);
        // Whoever makes the news after this looks at the events after that, and finds this one.
        if let Some(news) = self.news.get() {
            news.changed.notify_waiters();
        }
        Some(number)
    }

    /// Ends the execution with its last event, so that nobody sees one without the other.
    pub(crate) fn end(&self, event: impl FnOnce(u64) -> Event, status: Status, result: Result<String, ExecutionError>) {
        let mut progress = self.progress();
        let event = event(progress.log.next());
        progress.status = status;
        progress.outcome = Some(Box::new(Outcome { result, stopped: event.timestamp }));
        progress.log.push(event);
        progress.task = None;
        drop(progress);
        if let Some(news) = self.news.get() {
            news.changed.notify_waiters();
            news.ended.notify_waiters();
        }
    }

    pub(crate) fn status(&self) -> Status {
        self.progress().status
    }

    pub(crate) fn stopped(&self) -> Option<SystemTime> {
        self.progress().outcome.as_ref().map(|outcome| outcome.stopped)
    }

    pub(crate) fn events(&self) -> Vec<Event> {
        let mut events = self.earlier();
        events.extend(self.progress().log.events());
        events
    }

    /// The event behind the first `seen`, once it is there; of those that are not in the store only. `None` when the execution ended
    /// without it.
    pub(super) async fn event(&self, seen: usize) -> Option<Event> {
        self.wait_for(
            |news| &news.changed,
            |progress| match progress.log.get(seen) {
                Some(event) => Some(Some(event)),
                None => progress.outcome.is_some().then_some(None),
            },
        )
        .await
    }

    /// The output as JSON, once the execution ended.
    pub(crate) async fn result(&self) -> Result<String, ExecutionError> {
        let result = |progress: &Progress| progress.outcome.as_ref().map(|outcome| outcome.result.clone());
        self.wait_for(|news| &news.ended, result).await
    }

    async fn wait_for<T>(&self, of: impl Fn(&News) -> &Notify, mut look: impl FnMut(&Progress) -> Option<T>) -> T {
        let news = of(self.news.get_or_init(Box::default));
        loop {
            // Made before looking, it hears of all that happens after.
            let news = news.notified();
            if let Some(found) = look(&self.progress()) {
                return found;
            }
            news.await;
        }
    }

    /// Asks the execution to stop. Says whether it was still running, and gives the execution if it was parked.
    pub(super) fn stop(&self, reason: Failure) -> (bool, Option<Box<dyn Parked>>) {
        let mut progress = self.progress();
        if progress.status != Status::Running {
            return (false, None);
        }
        progress.stop.get_or_insert_with(|| Box::new(ExecutionError::Aborted(reason)));
        let (task, parked) = (progress.task.take(), progress.parked.take());
        drop(progress);
        if let Some(task) = task {
            task.wake();
        }
        (true, parked)
    }

    /// How the execution ends, once it is told to stop.
    pub(crate) fn poll_stop(&self, context: &Context<'_>) -> Poll<ExecutionError> {
        let mut progress = self.progress();
        if let Some(stop) = &progress.stop {
            return Poll::Ready(ExecutionError::clone(stop));
        }
        if !progress.task.as_ref().is_some_and(|task| task.will_wake(context.waker())) {
            progress.task = Some(context.waker().clone());
        }
        Poll::Pending
    }

    /// Keeps the execution for as long as it is parked. One that has been asked to stop is given back.
    pub(super) fn park(&self, parked: Box<dyn Parked>) -> Result<(), Box<dyn Parked>> {
        let mut progress = self.progress();
        if progress.stop.is_some() {
            return Err(parked);
        }
        progress.log.rest();
        progress.task = None;
        progress.parked = Some(parked);
        Ok(())
    }

    /// The execution, if it is parked.
    pub(super) fn unpark(&self) -> Option<Box<dyn Parked>> {
        self.progress().parked.take()
    }

    pub(super) fn is_parked(&self) -> bool {
        self.progress().parked.is_some()
    }
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry").field("id", &self.id).field("status", &self.status()).finish_non_exhaustive()
    }
}
