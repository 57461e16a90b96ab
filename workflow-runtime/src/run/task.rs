//! `#[task]`: attempts at the user's code, each within its timeout and between its heartbeats.

use std::future::Future;
use std::time::Duration;

use tokio::time::timeout;

use super::contain::{PANIC, contain};
use super::retry::Work;
use super::{Fault, Record, RetryInfo, Run};
use crate::history::{EventDetail, Resource};
use crate::task_return::Returned;
use crate::{Failure, TaskContext};

/// What is known of a task before it runs.
#[doc(hidden)]
#[derive(Debug)]
pub struct TaskInfo {
    /// The longest time an attempt may take.
    pub timeout: Option<Duration>,
    /// The longest time between two heartbeats.
    pub heartbeat: Option<Duration>,
    /// Whether the method wants a [`TaskContext`].
    pub takes_context: bool,
    /// The retriers, in order.
    pub retry: &'static [RetryInfo],
}

impl<R: Record> Run<R> {
    /// Runs a task until it succeeds or nothing retries it.
    pub async fn task<I, F, Fut, T>(
        &mut self,
        info: &'static TaskInfo,
        input: I,
        keep: impl Fn(&I) -> Option<I> + Send,
        call: F,
        returned: Returned<Fut::Output, T>,
    ) -> Result<T, Fault>
    where
        I: Send,
        F: FnMut(I, Option<TaskContext>) -> Fut + Send,
        Fut: Future + Send,
        T: Send,
    {
        let work = Call { info, call, returned, input: std::marker::PhantomData };
        self.persist(work, input, keep, info.retry).await
    }
}

/// A task's method.
struct Call<I, F, R, T> {
    info: &'static TaskInfo,
    call: F,
    returned: Returned<R, T>,
    input: std::marker::PhantomData<fn(I)>,
}

impl<R, I, F, Fut, T> Work<R> for Call<I, F, Fut::Output, T>
where
    R: Record,
    I: Send,
    F: FnMut(I, Option<TaskContext>) -> Fut + Send,
    Fut: Future + Send,
    T: Send,
{
    type Input = I;
    type Output = T;

    async fn attempt(&mut self, run: &mut Run<R>, input: I, retries: u32) -> Result<Self::Output, Fault> {
        let info = self.info;
        run.record.event(|_| EventDetail::TaskScheduled {
            resource: Resource::LAMBDA_INVOKE,
            timeout: info.timeout,
            heartbeat: info.heartbeat,
        });
        run.record.event(|_| EventDetail::TaskStarted { resource: Resource::LAMBDA_INVOKE });
        let context =
            info.takes_context.then(|| TaskContext::new(run.record.id().clone(), run.state, run.visits, retries));
        let returned = contain((self.call)(input, context.clone()));
        let result = match within(info, context, returned).await {
            Ok(Ok(returned)) => (self.returned.into_result)(returned).map_err(Fault::task),
            Ok(Err(panic)) => Err(Fault::task(Failure::of_task(PANIC, &panic))),
            Err(fault) => Err(fault),
        };
        run.attempted(Resource::LAMBDA_INVOKE, result, self.returned.to_json)
    }
}

impl<R: Record> Run<R> {
    /// Records how an attempt ended.
    pub(super) fn attempted<T>(
        &mut self,
        resource: Resource,
        result: Result<T, Fault>,
        json: impl FnOnce(&T) -> serde_json::Result<String>,
    ) -> Result<T, Fault> {
        self.record.event(|detail| match &result {
            Ok(output) => EventDetail::TaskSucceeded { resource, output: detail.of(|| json(output)) },
            Err(fault) if fault.is_timeout() => EventDetail::TaskTimedOut { resource, failure: fault.failure.clone() },
            Err(fault) => EventDetail::TaskFailed { resource, failure: fault.failure.clone() },
        });
        result
    }
}

/// Bounds an attempt by its timeout and by its heartbeats.
async fn within<F: Future>(info: &TaskInfo, context: Option<TaskContext>, attempt: F) -> Result<F::Output, Fault> {
    let attempt = async {
        match (info.heartbeat, context) {
            (Some(silence), Some(context)) => beating(silence, &context, attempt).await,
            _ => Ok(attempt.await),
        }
    };
    match info.timeout {
        Some(limit) => timeout(limit, attempt).await.unwrap_or_else(|_| Err(Fault::timeout())),
        None => attempt.await,
    }
}

/// Runs an attempt for as long as its heartbeats come.
async fn beating<F: Future>(silence: Duration, context: &TaskContext, attempt: F) -> Result<F::Output, Fault> {
    let attempt = std::pin::pin!(attempt);
    let silent = std::pin::pin!(async { while timeout(silence, context.beat()).await.is_ok() {} });
    first(attempt, silent).await.map_err(|()| Fault::heartbeat())
}

/// Whichever of the two ends first; the left one, when both do.
async fn first<L: Future + Unpin, R: Future + Unpin>(mut left: L, mut right: R) -> Result<L::Output, R::Output> {
    use std::pin::Pin;
    use std::task::Poll;

    std::future::poll_fn(|context| {
        if let Poll::Ready(output) = Pin::new(&mut left).poll(context) {
            return Poll::Ready(Ok(output));
        }
        Pin::new(&mut right).poll(context).map(Err)
    })
    .await
}
