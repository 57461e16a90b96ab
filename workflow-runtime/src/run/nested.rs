//! `#[nested]`: another workflow as an execution of its own, which the parent waits for, or does not.

use std::pin::pin;
use std::time::Duration;

use workflow_model::states::StatesError;

use super::retry::Work;
use super::{Fault, Record, RetryInfo, Run, depth, execute};
use crate::history::{DescribedExecution, EventDetail, Resource};
use crate::nested::{NestedExecution, StartedExecution};
use crate::{ExecutionError, Failure, Workflow, clock};

/// What is known of a nested workflow before it runs.
#[doc(hidden)]
#[derive(Debug)]
pub struct NestedInfo {
    /// The longest time the child may take, besides its own timeout.
    pub timeout: Option<Duration>,
    /// The longest time between two heartbeats that are sent with a callback's token.
    pub heartbeat: Option<Duration>,
    /// The retriers, in order.
    pub retry: &'static [RetryInfo],
}

impl<R: Record> Run<R> {
    /// Runs a nested workflow until it succeeds or nothing retries it.
    pub async fn nested<C: Workflow>(
        &mut self,
        info: &'static NestedInfo,
        child: &C,
        input: C::Input,
        keep: impl Fn(&C::Input) -> Option<C::Input> + Send,
    ) -> Result<C::Output, Fault> {
        self.persist(Sync2(Child { info, child }), input, keep, info.retry).await
    }

    /// The same, with the description of the child's execution for a result.
    pub async fn nested_described<C: Workflow>(
        &mut self,
        info: &'static NestedInfo,
        child: &C,
        input: C::Input,
        keep: impl Fn(&C::Input) -> Option<C::Input> + Send,
    ) -> Result<NestedExecution, Fault> {
        self.persist(Sync(Child { info, child }), input, keep, info.retry).await
    }

    /// Starts a workflow, and goes on without it.
    pub async fn start_nested<C: Workflow>(
        &mut self,
        info: &'static NestedInfo,
        child: &C,
        input: C::Input,
        keep: impl Fn(&C::Input) -> Option<C::Input> + Send,
        copy: fn(&C) -> C,
    ) -> Result<StartedExecution, Fault> {
        self.persist(RequestResponse { child: Child { info, child }, copy }, input, keep, info.retry).await
    }
}

/// A nested workflow and what is known of it.
struct Child<'a, C> {
    info: &'static NestedInfo,
    child: &'a C,
}

/// `startExecution.sync:2`, whose result is the child's output.
struct Sync2<'a, C>(Child<'a, C>);

impl<R: Record, C: Workflow> Work<R> for Sync2<'_, C> {
    type Input = C::Input;
    type Output = C::Output;

    async fn attempt(&mut self, run: &mut Run<R>, input: C::Input, _retries: u32) -> Result<C::Output, Fault> {
        let resource = &Resource::START_EXECUTION_SYNC_2;
        let (described, ended) = self.0.execution(run, resource, input).await?;
        let stopped = run.record.now();
        let result = outcome(ended, &described, run);
        run.attempted(resource, result, |output| described.parsed(output, stopped))
    }
}

/// `startExecution.sync`, whose result describes the child's execution.
struct Sync<'a, C>(Child<'a, C>);

impl<R: Record, C: Workflow> Work<R> for Sync<'_, C> {
    type Input = C::Input;
    type Output = NestedExecution;

    async fn attempt(&mut self, run: &mut Run<R>, input: C::Input, _retries: u32) -> Result<NestedExecution, Fault> {
        let resource = &Resource::START_EXECUTION_SYNC;
        let (described, ended) = self.0.execution(run, resource, input).await?;
        let stopped = run.record.now();
        let result = outcome(ended, &described, run).and_then(|output| {
            let json = serde_json::to_string(&output).map_err(|error| not_json::<C>("output", &error))?;
            Ok(described.success(json, stopped))
        });
        run.attempted(resource, result, serde_json::to_string)
    }
}

/// How a child ended, as its parent sees it.
fn outcome<R: Record, T>(
    ended: Option<Result<T, ExecutionError>>,
    described: &DescribedExecution,
    run: &mut Run<R>,
) -> Result<T, Fault> {
    match ended {
        Some(Ok(output)) => Ok(output),
        Some(Err(error)) => Err(Fault::task(described.failure(&error, run.record.now()))),
        None => Err(Fault::timeout()),
    }
}

impl<C: Workflow> Child<'_, C> {
    /// Runs the child to its end, or until its time is over.
    async fn execution<R: Record>(
        &self,
        run: &mut Run<R>,
        resource: &'static Resource,
        input: C::Input,
    ) -> Result<(DescribedExecution, Option<Result<C::Output, ExecutionError>>), Failure> {
        let timeout = self.info.timeout;
        let resumes = run.resumes_from().is_some();
        depth::check::<C>()?;
        if !resumes {
            run.record.event(|| EventDetail::TaskScheduled { resource, timeout, heartbeat: None });
            run.record.event(|| EventDetail::TaskStarted { resource });
        }
        // The child's description, should it fail, has its input; the input itself is the child's by then.
        let json = serde_json::to_string(&input).map_err(|error| not_json::<C>("input", &error))?;
        run.measure(run.state, &json)?;
        let mut record = run.record.nested::<C>(run.link(), &json);
        let described = DescribedExecution::new(record.id().clone(), json, record.started());
        if !resumes {
            run.record
                .event(|| EventDetail::TaskSubmitted { resource, execution: Some(described.id().clone().into()) });
            // It is made durable with the child's first step, before which nothing happens.
            run.note_attempt();
        }
        let deadline = record.deadline(timeout);
        // Boxed, so that a workflow may nest itself, and a parent's future is not as large as all its children's.
        let span = run.span.attempt(run.attempts(run.retries));
        let mut execution = Box::pin(span.within(execute(self.child, input, record)));
        let ended = clock::until(deadline, pin!(depth::deeper(execution.as_mut()))).await;
        // A child that takes too long is stopped before its parent goes on.
        drop(execution);
        Ok((described, ended))
    }
}

/// `startExecution`, whose result is the answer to the start.
struct RequestResponse<'a, C> {
    child: Child<'a, C>,
    /// Copies the child, which may outlive its parent.
    copy: fn(&C) -> C,
}

impl<R: Record, C: Workflow> Work<R> for RequestResponse<'_, C> {
    type Input = C::Input;
    type Output = StartedExecution;

    async fn attempt(&mut self, run: &mut Run<R>, input: C::Input, _retries: u32) -> Result<StartedExecution, Fault> {
        let resource = &Resource::START_EXECUTION;
        let timeout = self.child.info.timeout;
        if run.resumes_from().is_none() {
            run.record.event(|| EventDetail::TaskScheduled { resource, timeout, heartbeat: None });
            run.record.event(|| EventDetail::TaskStarted { resource });
        }
        run.attempting().await;
        let json = serde_json::to_string(&input).map_err(|error| not_json::<C>("input", &error))?;
        run.measure(run.state, &json)?;
        let child = (self.copy)(self.child.child);
        let id = run.record.start(run.link(), child, input, json.clone())?;
        let started = DescribedExecution::new(id, json, run.record.now()).started();
        // Which execution was started is no data of it: the event tells it as `TaskSubmitted` does of one that is waited for.
        let output = serde_json::to_string(&started).ok().map(Into::into);
        run.record.event(|| EventDetail::TaskSucceeded { resource, output });
        Ok(started)
    }
}

pub(super) fn not_json<C: Workflow>(what: &str, error: &serde_json::Error) -> Failure {
    Failure::states(StatesError::Runtime, format!("the {what} of `{}` is not JSON: {error}", C::NAME))
}
