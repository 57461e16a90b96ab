//! Runs the tasks of an activity: [`ActivityWorker`].

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;

use serde::de::DeserializeOwned;
use tokio::task::JoinSet;

use crate::engine::{ActivityTask, Engine, Tasks, TokenError};
use crate::run::{PANIC, contain};
use crate::{Failure, TaskReturn};

/// Takes tasks from an activity and runs them, several at once if it may.
///
/// The code is given the state's input and an [`ActivityContext`], and gives the result that the state declares, or a `Result` of it and a
/// [`TaskError`](crate::TaskError). What panics fails its task only.
///
/// ```
/// use workflow_runtime::prelude::*;
///
/// pub struct Gallery;
///
/// #[workflow(start = resize, timeout = "1h")]
/// impl Gallery {
///     #[task(activity, timeout = "1m", heartbeat = "10s", end)]
///     fn resize(image: String) -> u32;
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let engine = Engine::builder().workflow(Gallery).start().await?;
/// let worker = ActivityWorker::new(&engine, "Resize").name("worker-1").concurrency(4);
/// tokio::spawn(worker.run(|image: String, cx: ActivityContext| async move {
///     let _ = cx.heartbeat().await;
///     100 * image.len() as u32
/// }));
///
/// let execution = engine.start::<Gallery>("tree.png".to_owned()).await?;
/// assert_eq!(execution.output().await?, 800);
/// # Ok(())
/// # }
/// ```
#[must_use = "a worker works when it is `run`"]
pub struct ActivityWorker {
    tasks: Arc<Tasks>,
    activity: String,
    name: Option<Arc<str>>,
    concurrency: usize,
}

impl ActivityWorker {
    /// A worker of the activity with this name, one task at a time. It does not keep the engine.
    pub fn new(engine: &Engine, activity: impl Into<String>) -> Self {
        ActivityWorker { tasks: engine.tasks().clone(), activity: activity.into(), name: None, concurrency: 1 }
    }

    /// The worker's own name, which histories show.
    pub fn name(mut self, name: impl Into<Arc<str>>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// How many tasks it runs at once, at least one.
    pub fn concurrency(mut self, tasks: usize) -> Self {
        self.concurrency = tasks.max(1);
        self
    }

    /// Works until the engine is gone: all handles on it are dropped, and all its executions have ended.
    ///
    /// Dropping the future drops what it works on; those tasks then take too long.
    pub async fn run<I, F, Fut>(self, work: F)
    where
        I: DeserializeOwned + Send + 'static,
        F: Fn(I, ActivityContext) -> Fut + Send + Sync + 'static,
        Fut: Future<Output: TaskReturn> + Send + 'static,
    {
        self.run_until(std::future::pending(), work).await;
    }

    /// Works until `stop` is ready: then it takes no more tasks, finishes those that it has, and returns.
    pub async fn run_until<I, F, Fut>(self, stop: impl Future<Output = ()>, work: F)
    where
        I: DeserializeOwned + Send + 'static,
        F: Fn(I, ActivityContext) -> Fut + Send + Sync + 'static,
        Fut: Future<Output: TaskReturn> + Send + 'static,
    {
        let work = Arc::new(work);
        let mut stop = pin!(stop);
        let mut running = JoinSet::new();
        loop {
            while running.try_join_next().is_some() {}
            if running.len() >= self.concurrency {
                running.join_next().await;
            }
            let task = pin!(self.tasks.take(&self.activity, self.name.as_ref()));
            let Some(Some(task)) = unless(stop.as_mut(), task).await else { break };
            let context = ActivityContext { tasks: self.tasks.clone(), token: task.token().into() };
            running.spawn(attend(task, context, work.clone()));
        }
        while running.join_next().await.is_some() {}
    }
}

/// The output of a future, unless `stop` is ready first.
async fn unless<F: Future>(mut stop: Pin<&mut impl Future<Output = ()>>, mut future: Pin<&mut F>) -> Option<F::Output> {
    poll_fn(|context| match stop.as_mut().poll(context) {
        Poll::Ready(()) => Poll::Ready(None),
        Poll::Pending => future.as_mut().poll(context).map(Some),
    })
    .await
}

/// Runs a task, and ends it.
async fn attend<I, F, Fut>(task: ActivityTask, context: ActivityContext, work: Arc<F>)
where
    I: DeserializeOwned,
    F: Fn(I, ActivityContext) -> Fut,
    Fut: Future<Output: TaskReturn>,
{
    let (tasks, token) = (context.tasks.clone(), context.token.clone());
    let answer = perform(task.input_json(), |input| work(input, context)).await;
    // Where the task is over already, nobody asks for the answer.
    if let Err(TokenError::InvalidOutput(error)) = tasks.answer(&token, answer).await {
        let cause = format!("the worker gives something else than the state declares: {error}");
        let _ = tasks.answer(&token, Err(Failure::new(INVALID_OUTPUT, cause))).await;
    }
}

/// Runs a worker's code on the input of a task, and gives what ends the task: its output as JSON, or its failure.
#[doc(hidden)]
pub async fn perform<I, Fut>(input: &str, work: impl FnOnce(I) -> Fut) -> Result<String, Failure>
where
    I: DeserializeOwned,
    Fut: Future<Output: TaskReturn>,
{
    let input = serde_json::from_str(input)
        .map_err(|error| Failure::new(INVALID_INPUT, format!("the worker takes something else: {error}")))?;
    let called = pin!(async { work(input).await });
    contain(called).await.map_err(|panic| Failure::new(PANIC, panic)).and_then(json)
}

/// The name of the error where the state's input is not what the worker takes.
const INVALID_INPUT: &str = "InvalidInput";
/// The name of the error where the worker gives something else than the state declares; so Step Functions calls it, too.
#[doc(hidden)]
pub const INVALID_OUTPUT: &str = "InvalidOutput";

/// What a worker's code returned, as JSON.
fn json<R: TaskReturn>(returned: R) -> Result<String, Failure> {
    let output = (R::RETURNED.into_result)(returned).map_err(|raised| Failure::new(raised.error, raised.message))?;
    (R::RETURNED.to_json)(&output).map_err(|error| Failure::new(INVALID_OUTPUT, error.to_string()))
}

impl fmt::Debug for ActivityWorker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ActivityWorker")
            .field("activity", &self.activity)
            .field("name", &self.name)
            .field("concurrency", &self.concurrency)
            .finish_non_exhaustive()
    }
}

/// What the code of an [`ActivityWorker`] may know of its task, and how it says that it is alive.
#[derive(Clone)]
pub struct ActivityContext {
    tasks: Arc<Tasks>,
    token: Arc<str>,
}

impl ActivityContext {
    /// The task's token, by which somebody else could end it too.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Says that the task is alive. A task with a `heartbeat` that stays silent for longer fails with `States.Timeout`.
    ///
    /// # Errors
    ///
    /// When nobody waits for the task any more: it took too long, or its execution ended. Then the work is for nothing.
    pub async fn heartbeat(&self) -> Result<(), TokenError> {
        self.tasks.heartbeat(&self.token)
    }
}

impl fmt::Debug for ActivityContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ActivityContext").finish_non_exhaustive()
    }
}
