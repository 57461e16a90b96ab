//! Runs the tasks of an activity on AWS: [`RemoteActivityWorker`].

use std::fmt;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;

use serde::de::DeserializeOwned;
use tokio::task::{JoinError, JoinSet};
use tokio::time::sleep;
use workflow_runtime::__private::{INVALID_OUTPUT, perform};
use workflow_runtime::{Failure, TaskReturn};

use crate::pace::Pace;
use crate::{Client, ServiceError, TokenError};

/// Takes tasks from an activity of Step Functions and runs them, several at once if it may, as
/// [`ActivityWorker`](workflow_runtime::ActivityWorker) does natively. The same code serves both.
///
/// The code is given the state's input and a [`RemoteActivityContext`], and gives the result that the state declares, or a `Result` of it and
/// a [`TaskError`](workflow_runtime::TaskError). What panics fails its task only.
///
/// ```no_run
/// # use workflow_client::{Client, RemoteActivityContext, RemoteActivityWorker};
/// # async fn example(client: Client) -> Result<(), Box<dyn std::error::Error>> {
/// // As the output `ResizeActivityArn` of the deployed stack says.
/// let activity = "arn:aws:states:eu-west-1:123456789012:activity:gallery-Resize";
/// let worker = RemoteActivityWorker::new(&client, activity).name("worker-1").concurrency(4);
/// let stop = async {
///     // tokio::signal::ctrl_c(), say
/// };
/// worker
///     .run_until(stop, |image: String, cx: RemoteActivityContext| async move {
///         let _ = cx.heartbeat().await;
///         100 * image.len() as u32
///     })
///     .await?;
/// # Ok(())
/// # }
/// ```
///
/// Each call for a task is open for up to a minute until there is one: a read timeout of the SDK's client, if there is any, is to
/// be 65 seconds at least.
#[must_use = "a worker works when it is `run`"]
pub struct RemoteActivityWorker {
    client: Client,
    activity: Arc<str>,
    name: Option<String>,
    concurrency: usize,
}

/// A task that the worker was given.
struct Task {
    token: Arc<str>,
    input: String,
}

impl RemoteActivityWorker {
    /// A worker of the activity with this ARN, one task at a time.
    pub fn new(client: &Client, activity_arn: impl Into<Arc<str>>) -> Self {
        RemoteActivityWorker { client: client.clone(), activity: activity_arn.into(), name: None, concurrency: 1 }
    }

    /// The worker's own name, which histories show.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// How many tasks it runs at once, at least one.
    pub fn concurrency(mut self, tasks: usize) -> Self {
        self.concurrency = tasks.max(1);
        self
    }

    /// Works until Step Functions refuses to go on. While it is busy or away, the worker tries again, in growing intervals up to
    /// thirty seconds.
    ///
    /// Dropping the future drops what it works on; those tasks then take too long.
    ///
    /// # Errors
    ///
    /// When there is no such activity, or the worker may not take or end its tasks. It finishes those that it has before.
    pub async fn run<I, F, Fut>(self, work: F) -> Result<(), ServiceError>
    where
        I: DeserializeOwned + Send + 'static,
        F: Fn(I, RemoteActivityContext) -> Fut + Send + Sync + 'static,
        Fut: Future<Output: TaskReturn> + Send + 'static,
    {
        self.run_until(std::future::pending(), work).await
    }

    /// Works until `stop` is ready: then it takes no more tasks, finishes those that it has, and returns.
    ///
    /// A call for a task that is under way is waited for, for up to a minute: Step Functions may have given it a task already, which
    /// would be lost until its timeout.
    ///
    /// # Errors
    ///
    /// As [`run`](Self::run).
    pub async fn run_until<I, F, Fut>(self, stop: impl Future<Output = ()>, work: F) -> Result<(), ServiceError>
    where
        I: DeserializeOwned + Send + 'static,
        F: Fn(I, RemoteActivityContext) -> Fut + Send + Sync + 'static,
        Fut: Future<Output: TaskReturn> + Send + 'static,
    {
        let work = Arc::new(work);
        let mut running = JoinSet::new();
        let spawn = |running: &mut JoinSet<_>, task| running.spawn(attend(self.client.clone(), task, work.clone()));
        let mut outcome = self.take_all(pin!(stop), &mut running, |running, task| drop(spawn(running, task))).await;
        while let Some(attended) = running.join_next().await {
            outcome = outcome.and(ended(attended));
        }
        outcome
    }

    /// Takes tasks until `stop` is ready, and hands them to `spawn`.
    async fn take_all(
        &self,
        mut stop: Pin<&mut impl Future<Output = ()>>,
        running: &mut JoinSet<Result<(), ServiceError>>,
        spawn: impl Fn(&mut JoinSet<Result<(), ServiceError>>, Task),
    ) -> Result<(), ServiceError> {
        let mut pace = Pace::AGAIN;
        loop {
            while let Some(attended) = running.try_join_next() {
                ended(attended)?;
            }
            if running.len() >= self.concurrency {
                tokio::select! {
                    biased;
                    () = stop.as_mut() => return Ok(()),
                    Some(attended) = running.join_next() => ended(attended)?,
                }
            }
            let mut taken = pin!(self.take());
            let (task, is_stopped) = tokio::select! {
                biased;
                () = stop.as_mut() => (taken.await, true),
                task = taken.as_mut() => (task, false),
            };
            match task {
                Ok(task) => {
                    pace = Pace::AGAIN;
                    task.into_iter().for_each(|task| spawn(running, task));
                }
                Err(error) if !error.is_transient() => return Err(error),
                Err(_) if is_stopped => return Ok(()),
                Err(_) => tokio::select! {
                    biased;
                    () = stop.as_mut() => return Ok(()),
                    () = sleep(pace.step()) => {}
                },
            }
            if is_stopped {
                return Ok(());
            }
        }
    }

    /// Asks for a task. There is none when a minute passed without one.
    async fn take(&self) -> Result<Option<Task>, ServiceError> {
        let call = self.client.sfn.get_activity_task().activity_arn(&*self.activity).set_worker_name(self.name.clone());
        let answer = call.send().await.map_err(|error| ServiceError::new("GetActivityTask", &self.activity, error))?;
        let token = answer.task_token.filter(|token| !token.is_empty());
        Ok(token.map(|token| Task { token: token.into(), input: answer.input.unwrap_or_else(|| "null".to_owned()) }))
    }
}

/// What became of a task. One that was dropped with its runtime, or whose types panic outside of the worker's code, takes too long.
fn ended(attended: Result<Result<(), ServiceError>, JoinError>) -> Result<(), ServiceError> {
    attended.unwrap_or(Ok(()))
}

/// Runs a task, and ends it.
async fn attend<I, F, Fut>(client: Client, task: Task, work: Arc<F>) -> Result<(), ServiceError>
where
    I: DeserializeOwned,
    F: Fn(I, RemoteActivityContext) -> Fut,
    Fut: Future<Output: TaskReturn>,
{
    let context = RemoteActivityContext { client: client.clone(), token: task.token.clone() };
    let answer = perform(&task.input, |input| work(input, context)).await;
    match send(&client, &task.token, &answer).await {
        Err(TokenError::InvalidOutput(error)) => {
            let cause = format!("the worker gives something that Step Functions does not take: {error}");
            settled(send(&client, &task.token, &Err(Failure::new(INVALID_OUTPUT, cause))).await)
        }
        sent => settled(sent),
    }
}

/// Sends what a task ended with. While the service is busy or away it is sent again: the task's own timeout ends that.
async fn send(client: &Client, token: &str, answer: &Result<String, Failure>) -> Result<(), TokenError> {
    let mut pace = Pace::AGAIN;
    loop {
        let sent = match answer {
            Ok(output) => client.complete_json(token, output).await,
            Err(failure) => client.fail(token, failure.clone()).await,
        };
        match sent {
            Err(TokenError::Service(error)) if error.is_transient() => sleep(pace.step()).await,
            sent => return sent,
        }
    }
}

/// Where the task is over already, nobody asks for the answer.
fn settled(sent: Result<(), TokenError>) -> Result<(), ServiceError> {
    match sent {
        Err(TokenError::Service(error)) => Err(error),
        _ => Ok(()),
    }
}

impl fmt::Debug for RemoteActivityWorker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RemoteActivityWorker")
            .field("activity", &self.activity)
            .field("name", &self.name)
            .field("concurrency", &self.concurrency)
            .finish_non_exhaustive()
    }
}

/// What the code of a [`RemoteActivityWorker`] may know of its task, and how it says that it is alive.
#[derive(Clone)]
pub struct RemoteActivityContext {
    client: Client,
    token: Arc<str>,
}

impl RemoteActivityContext {
    /// The task's token, by which somebody else could end it too.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Says that the task is alive. A task with a `heartbeat` that stays silent for longer fails with `States.Timeout`.
    ///
    /// # Errors
    ///
    /// [`TokenError::TaskTimedOut`] when nobody waits for the task any more: it took too long, or its execution ended. Then the work is
    /// for nothing. [`TokenError::Service`] when the call failed; the next heartbeat may come through.
    pub async fn heartbeat(&self) -> Result<(), TokenError> {
        self.client.heartbeat(&self.token).await
    }
}

impl fmt::Debug for RemoteActivityContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RemoteActivityContext").finish_non_exhaustive()
    }
}
