//! `#[task]`: attempts at the user's code, each within its timeout and between its heartbeats.

use std::future::{Future, poll_fn};
use std::marker::PhantomData;
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use tokio::task::yield_now;
use tokio::time::timeout;

use super::contain::{PANIC, contain};
use super::retry::Work;
use super::{Fault, Record, RetryInfo, Run};
use crate::history::{EventDetail, Resource};
use crate::task_return::{Raised, Returned};
use crate::{TaskContext, clock};

/// What is known of a task before it runs.
#[doc(hidden)]
#[derive(Debug)]
pub struct TaskInfo {
    /// What Step Functions calls in place of the body.
    pub resource: Resource,
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
        let work = Call { info, call, returned, input: PhantomData };
        self.persist(work, input, keep, info.retry).await
    }
}

/// A task's method.
struct Call<I, F, R, T> {
    info: &'static TaskInfo,
    call: F,
    returned: Returned<R, T>,
    input: PhantomData<fn(I)>,
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
        let resource = &info.resource;
        // One that was under way when the process ended runs again; the history has it already.
        if run.resumes_from().is_none() {
            let (timeout, heartbeat) = (info.timeout, info.heartbeat);
            run.record.event(|| EventDetail::TaskScheduled { resource, timeout, heartbeat });
            run.record.event(|| EventDetail::TaskStarted { resource });
            if resource.is_submitted() {
                // Natively the body does all of it: the request, the work and the wait for its end.
                run.record.event(|| EventDetail::TaskSubmitted { resource, execution: None });
            }
        }
        if run.is_kept() {
            run.attempting().await;
        }
        if run.yields() {
            yield_now().await;
        }
        let admitted = run.record.admitted().await;
        let context = info.takes_context.then(|| run.attempt_context(retries));
        let result = {
            // It ends with this block: what a task holds is given back before the execution goes on.
            let span = run.span.attempt(run.attempts(retries));
            let called = pin!(span.within((self.call)(input, context.clone())));
            let beating = pin!(beating(info.heartbeat, context.as_ref(), contain(called)));
            clock::within(info.timeout, beating).await.unwrap_or_else(|| Err(Fault::timeout()))
        };
        drop(admitted);
        let result = result.and_then(|called| {
            match called {
                Ok(returned) => (self.returned.into_result)(returned),
                Err(panic) => Err(Raised { error: PANIC, message: panic }),
            }
            .map_err(|raised| Fault::task(raised.in_resource(resource)))
        });
        run.attempted(resource, result, self.returned.to_json)
    }
}

impl<R: Record> Run<R> {
    /// Records how an attempt ended.
    pub(super) fn attempted<T>(
        &mut self,
        resource: &'static Resource,
        result: Result<T, Fault>,
        json: impl FnOnce(&T) -> serde_json::Result<String>,
    ) -> Result<T, Fault> {
        let by = resource.resource_type;
        let (result, json) = match result {
            Ok(output) => match self.payload(by, || json(&output)) {
                Ok(json) => (Ok(output), json),
                Err(failure) => (Err(Fault::task(failure)), None),
            },
            Err(fault) => (Err(fault), None),
        };
        if let Err(fault) = &result {
            self.span.failed(&fault.failure, fault.is_timeout());
        }
        self.record.event(|| match &result {
            Ok(_) => EventDetail::TaskSucceeded { resource, output: json },
            Err(fault) if fault.is_timeout() => {
                EventDetail::TaskTimedOut { resource, failure: fault.failure.clone().into() }
            }
            Err(fault) => EventDetail::TaskFailed { resource, failure: fault.failure.clone().into() },
        });
        result
    }
}

/// Runs an attempt for as long as its heartbeats come, where they are asked for.
pub(super) async fn beating<F: Future + Unpin>(
    silence: Option<Duration>,
    context: Option<&TaskContext>,
    mut attempt: F,
) -> Result<F::Output, Fault> {
    let (Some(silence), Some(context)) = (silence, context) else {
        return Ok(attempt.await);
    };
    // Boxed, so that the many tasks without a heartbeat have no room for it.
    let mut silent = Box::pin(async { while timeout(silence, context.beat()).await.is_ok() {} });
    poll_fn(|cx| {
        if let Poll::Ready(output) = Pin::new(&mut attempt).poll(cx) {
            return Poll::Ready(Ok(output));
        }
        silent.as_mut().poll(cx).map(|()| Err(Fault::heartbeat()))
    })
    .await
}
