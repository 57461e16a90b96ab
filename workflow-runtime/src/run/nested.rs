//! `#[nested]`: another workflow as an execution of its own, which the parent waits for.

use std::time::Duration;

use workflow_model::states::StatesError;

use super::retry::Work;
use super::{Fault, Record, RetryInfo, Run, execute};
use crate::history::{DescribedExecution, EventDetail, Resource};
use crate::{Failure, Workflow, clock};

/// What is known of a nested workflow before it runs.
#[doc(hidden)]
#[derive(Debug)]
pub struct NestedInfo {
    /// The longest time the child may take, besides its own timeout.
    pub timeout: Option<Duration>,
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
        self.persist(Start { info, child }, input, keep, info.retry).await
    }
}

/// The start of a nested execution.
struct Start<'a, C> {
    info: &'static NestedInfo,
    child: &'a C,
}

impl<R: Record, C: Workflow> Work<R> for Start<'_, C> {
    type Input = C::Input;
    type Output = C::Output;

    async fn attempt(&mut self, run: &mut Run<R>, input: C::Input, _retries: u32) -> Result<C::Output, Fault> {
        let resource = Resource::START_EXECUTION_SYNC;
        let timeout = self.info.timeout;
        run.record.event(|| EventDetail::TaskScheduled { resource, timeout, heartbeat: None });
        run.record.event(|| EventDetail::TaskStarted { resource });
        // The child's description, should it fail, has its input; the input itself is the child's by then.
        let json = serde_json::to_string(&input).map_err(|error| {
            Failure::states(StatesError::Runtime, format!("the input of `{}` is not JSON: {error}", C::NAME))
        })?;
        let mut record = run.record.nested(C::NAME, &json);
        let described = DescribedExecution::new(record.id().clone(), json, run.record.now());
        run.record.event(|| EventDetail::TaskSubmitted { resource, execution: Some(described.id().clone()) });
        // Boxed, so that a workflow may nest itself, and a parent's future is not as large as all its children's.
        let mut execution = Box::pin(execute(self.child, input, record));
        let ended = clock::within(timeout, execution.as_mut()).await;
        // A child that takes too long is stopped before its parent goes on.
        drop(execution);
        let stopped = run.record.now();
        let result = match ended {
            Some(Ok(output)) => Ok(output),
            Some(Err(error)) => Err(Fault::task(described.failure(&error, stopped))),
            None => Err(Fault::timeout()),
        };
        run.attempted(resource, result, |output| described.output(output, stopped))
    }
}
