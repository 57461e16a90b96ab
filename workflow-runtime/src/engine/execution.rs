//! Handles on executions: [`Execution`], which knows its workflow's types, and [`AnyExecution`], which does not.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::SystemTime;

use super::{Entry, Parking, Status};
use crate::history::Event;
use crate::{ExecutionError, ExecutionId, Failure, Workflow};

/// A handle on an execution of the workflow `W`. The execution goes on when the handle is dropped.
///
/// ```
/// # use workflow_runtime::prelude::*;
/// # use workflow_runtime::Status;
/// #
/// # pub struct Greeter;
/// #
/// # #[workflow(start = greet, timeout = "1m")]
/// # impl Greeter {
/// #     #[task(timeout = "10s", end)]
/// #     async fn greet(&self, name: String) -> String {
/// #         format!("Hello, {name}!")
/// #     }
/// # }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let engine = Engine::builder().workflow(Greeter).start().await?;
/// let execution = engine.start::<Greeter>("Ada".to_owned()).await?;
///
/// assert_eq!(execution.status(), Status::Running);
/// assert_eq!(execution.output().await?, "Hello, Ada!");
/// assert_eq!(execution.status(), Status::Succeeded);
/// assert_eq!(execution.history().len(), 7);
/// # Ok(())
/// # }
/// ```
pub struct Execution<W> {
    any: AnyExecution,
    workflow: PhantomData<fn() -> W>,
}

impl<W: Workflow> Execution<W> {
    pub(super) fn new(any: AnyExecution) -> Self {
        Execution { any, workflow: PhantomData }
    }

    /// The identity.
    pub fn id(&self) -> &ExecutionId {
        self.any.id()
    }

    /// Where the execution stands.
    pub fn status(&self) -> Status {
        self.any.status()
    }

    /// What happened so far.
    pub fn history(&self) -> Vec<Event> {
        self.any.history()
    }

    /// What happened, and what will happen, one event after the other.
    pub fn follow(&self) -> Follower {
        self.any.follow()
    }

    /// Asks the execution to stop, with everything it has started: where its tasks wait next, they are dropped. Says whether it
    /// was still running; one that is just about to end may end on its own all the same.
    pub fn cancel(&self) -> bool {
        self.any.cancel()
    }

    /// Waits for the end. The output can be had as often as it is asked for.
    ///
    /// # Errors
    ///
    /// When the execution failed, took longer than its workflow's timeout, or was cancelled.
    pub async fn output(&self) -> Result<W::Output, ExecutionError> {
        let json = self.any.output_json().await?;
        serde_json::from_str(&json).map_err(|error| {
            let cause = format!("the output of `{}` does not read back from its own JSON: {error}", W::NAME);
            ExecutionError::Failed(Failure::new("States.Runtime", cause))
        })
    }

    /// The same handle without the types.
    pub fn into_any(self) -> AnyExecution {
        self.any
    }
}

impl<W> Clone for Execution<W> {
    fn clone(&self) -> Self {
        Execution { any: self.any.clone(), workflow: PhantomData }
    }
}

impl<W> fmt::Debug for Execution<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.any.fmt(f)
    }
}

/// A handle on an execution of any workflow, with its input and output as JSON: [`Engine::start_json`](crate::Engine::start_json)
/// and [`Engine::executions`](crate::Engine::executions) give it, and [`Execution::into_any`].
///
/// ```
/// # use workflow_runtime::prelude::*;
/// #
/// # pub struct Greeter;
/// #
/// # #[workflow(start = greet, timeout = "1m")]
/// # impl Greeter {
/// #     #[task(timeout = "10s", end)]
/// #     async fn greet(&self, name: String) -> String {
/// #         format!("Hello, {name}!")
/// #     }
/// # }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let engine = Engine::builder().workflow(Greeter).start().await?;
/// let execution = engine.start_json("Greeter", r#""Ada""#).await?;
/// assert_eq!(execution.output_json().await?, r#""Hello, Ada!""#);
/// assert_eq!((execution.input_json(), execution.parent()), (r#""Ada""#, None));
/// assert!(execution.stopped() >= Some(execution.started()));
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct AnyExecution {
    entry: Arc<Entry>,
    parking: Arc<Parking>,
}

impl AnyExecution {
    pub(super) fn new(entry: Arc<Entry>, parking: Arc<Parking>) -> Self {
        AnyExecution { entry, parking }
    }

    /// The identity.
    pub fn id(&self) -> &ExecutionId {
        &self.entry.id
    }

    /// The execution that started this one, if it is nested.
    pub fn parent(&self) -> Option<&ExecutionId> {
        self.entry.parent()
    }

    /// The input as JSON.
    pub fn input_json(&self) -> &str {
        &self.entry.input
    }

    /// When it started.
    pub fn started(&self) -> SystemTime {
        self.entry.started()
    }

    /// When it ended.
    pub fn stopped(&self) -> Option<SystemTime> {
        self.entry.stopped()
    }

    /// Where the execution stands.
    pub fn status(&self) -> Status {
        self.entry.status()
    }

    /// What happened so far.
    pub fn history(&self) -> Vec<Event> {
        self.entry.events()
    }

    /// What happened, and what will happen, one event after the other.
    pub fn follow(&self) -> Follower {
        Follower { entry: self.entry.clone(), seen: 0, earlier: Vec::new().into_iter() }
    }

    /// Asks the execution to stop, as [`Execution::cancel`] does.
    pub fn cancel(&self) -> bool {
        self.cancel_with(Failure::new("", ""))
    }

    /// Asks the execution to stop, and leaves an error and a cause in its history. The first reason holds.
    ///
    /// ```
    /// # use workflow_runtime::prelude::*;
    /// #
    /// # pub struct Greeter;
    /// #
    /// # #[workflow(start = greet, timeout = "1m")]
    /// # impl Greeter {
    /// #     #[task(timeout = "10s", end)]
    /// #     async fn greet(&self, name: String) -> String {
    /// #         format!("Hello, {name}!")
    /// #     }
    /// # }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let engine = Engine::builder().workflow(Greeter).start().await?;
    /// let execution = engine.start::<Greeter>("Ada".to_owned()).await?;
    ///
    /// let execution = execution.into_any();
    /// let reason = Failure::new("Superseded", "there is a newer order");
    /// assert!(execution.cancel_with(reason.clone()));
    /// assert_eq!(execution.output_json().await, Err(ExecutionError::Aborted(reason)));
    /// # Ok(())
    /// # }
    /// ```
    pub fn cancel_with(&self, reason: Failure) -> bool {
        let (was_running, parked) = self.entry.stop(reason);
        if let Some(parked) = parked {
            self.parking.recall(parked);
        }
        was_running
    }

    /// Waits for the end, and gives the output as JSON.
    ///
    /// # Errors
    ///
    /// When the execution failed, took longer than its workflow's timeout, or was cancelled.
    pub async fn output_json(&self) -> Result<String, ExecutionError> {
        self.entry.result().await
    }
}

impl fmt::Debug for AnyExecution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Execution").field("id", &self.entry.id).field("status", &self.status()).finish()
    }
}

/// Reads a history while it is written.
///
/// ```
/// # use workflow_runtime::prelude::*;
/// #
/// # pub struct Greeter;
/// #
/// # #[workflow(start = greet, timeout = "1m")]
/// # impl Greeter {
/// #     #[task(timeout = "10s", end)]
/// #     async fn greet(&self, name: String) -> String {
/// #         format!("Hello, {name}!")
/// #     }
/// # }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let engine = Engine::builder().workflow(Greeter).start().await?;
/// let execution = engine.start::<Greeter>("Ada".to_owned()).await?;
///
/// let mut follower = execution.follow();
/// let mut types = Vec::new();
/// while let Some(event) = follower.next().await {
///     types.push(event.detail.event_type());
/// }
/// assert_eq!(types[..2], ["ExecutionStarted", "TaskStateEntered"]);
/// assert_eq!(types.last().map(String::as_str), Some("ExecutionSucceeded"));
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Follower {
    entry: Arc<Entry>,
    seen: usize,
    /// Events of the store that were read at once, and are to be shown next.
    earlier: std::vec::IntoIter<Event>,
}

impl Follower {
    /// The next event, once it happens. `None` after the last one.
    ///
    /// Dropping the future loses no event.
    pub async fn next(&mut self) -> Option<Event> {
        if self.earlier.as_slice().is_empty()
            && let Some(earlier) = self.entry.earlier_behind(self.seen)
        {
            self.earlier = earlier.into_iter();
        }
        let event = match self.earlier.next() {
            Some(event) => event,
            None => self.entry.event(self.seen).await?,
        };
        self.seen += 1;
        Some(event)
    }
}
