//! Spans and events of `tracing`. Their target is the crate's name.

use std::future::Future;
use std::time::Duration;

use tracing::instrument::Instrumented;
use tracing::{Instrument, debug, error, info, info_span, warn};

use crate::store::StoreError;
use crate::{ExecutionError, ExecutionId, Failure};

const TARGET: &str = "workflow_runtime";

/// A span, which is open for as long as this lives.
#[derive(Clone, Debug)]
pub(crate) struct Span(tracing::Span);

impl Span {
    /// That of no state.
    pub(crate) fn none() -> Self {
        Span(tracing::Span::none())
    }

    /// An execution, within what is going on: the attempt that started it, if any. What is not asked for is not made.
    pub(crate) fn execution(id: impl FnOnce() -> ExecutionId, parent: impl FnOnce() -> Option<ExecutionId>) -> Self {
        let span = info_span!(
            target: TARGET,
            "execution",
            workflow = tracing::field::Empty,
            id = tracing::field::Empty,
            parent = tracing::field::Empty
        );
        if !span.is_disabled() {
            let id = id();
            span.record("workflow", id.workflow());
            span.record("id", id.name());
            if let Some(parent) = parent() {
                span.record("parent", tracing::field::display(parent));
            }
        }
        Span(span)
    }

    /// A state, within its execution.
    pub(crate) fn state(name: &'static str) -> Self {
        Span(info_span!(target: TARGET, "state", name))
    }

    /// An attempt at what this state does.
    pub(crate) fn attempt(&self, number: u32) -> Self {
        Span(info_span!(target: TARGET, parent: &self.0, "attempt", number))
    }

    /// What happens in it, and what is started there.
    pub(crate) fn within<F: Future>(self, future: F) -> Instrumented<F> {
        future.instrument(self.0)
    }

    /// An attempt at what this state does has failed.
    pub(crate) fn failed(&self, failure: &Failure, is_timeout: bool) {
        let Failure { error, cause } = failure;
        let what = if is_timeout { "the attempt took too long" } else { "the attempt failed" };
        warn!(target: TARGET, parent: &self.0, error, cause, "{what}");
    }

    /// It is tried again.
    pub(crate) fn retried(&self, error: &str, retries: u32, delay: Duration) {
        info!(target: TARGET, parent: &self.0, error, retries, ?delay, "the state is tried again");
    }
}

/// The execution that is going on has ended.
pub(crate) fn ended<T>(result: &Result<T, ExecutionError>) {
    match result {
        Ok(_) => debug!(target: TARGET, "the execution succeeded"),
        Err(ExecutionError::Failed(Failure { error, cause })) => {
            warn!(target: TARGET, error, cause, "the execution failed");
        }
        Err(ExecutionError::TimedOut) => warn!(target: TARGET, "the execution timed out"),
        Err(ExecutionError::Aborted(_)) => info!(target: TARGET, "the execution was cancelled"),
        Err(ExecutionError::Suspended) => debug!(target: TARGET, "the execution stays where it is"),
    }
}

/// The code no longer fits an execution.
pub(crate) fn stranded(id: &ExecutionId, why: &str) {
    warn!(target: TARGET, workflow = id.workflow(), id = id.name(), why, "the execution cannot go on");
}

/// What has ended for long is still there.
pub(crate) fn not_removed(error: &StoreError) {
    warn!(target: TARGET, %error, "executions that ended long ago could not be removed");
}

/// Nothing goes on any more.
pub(crate) fn store_failed(error: &StoreError) {
    error!(target: TARGET, %error, "the engine's store has failed: all executions stay where they were written down last");
}
