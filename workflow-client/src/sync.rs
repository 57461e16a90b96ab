//! An Express execution that was waited for: [`SyncExecution`].

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use aws_sdk_sfn::operation::start_sync_execution::StartSyncExecutionOutput;
use aws_sdk_sfn::types::SyncExecutionStatus;
use workflow_runtime::{ExecutionError, Failure, Workflow};

use crate::execution::read_output;

/// An execution of the Express workflow `W` that has ended: [`Client::start_sync`](crate::Client::start_sync) gives it.
pub struct SyncExecution<W> {
    answer: StartSyncExecutionOutput,
    workflow: PhantomData<fn() -> W>,
}

impl<W: Workflow> SyncExecution<W> {
    pub(crate) fn new(answer: StartSyncExecutionOutput) -> Self {
        SyncExecution { answer, workflow: PhantomData }
    }

    /// The ARN, which logs and traces have.
    pub fn arn(&self) -> &str {
        &self.answer.execution_arn
    }

    /// The time and the megabytes of memory that are charged for, where AWS says so.
    pub fn billed(&self) -> Option<(Duration, u64)> {
        let details = self.answer.billing_details()?;
        let duration = u64::try_from(details.billed_duration_in_milliseconds).ok()?;
        Some((Duration::from_millis(duration), u64::try_from(details.billed_memory_used_in_mb).ok()?))
    }

    /// What it ended with.
    ///
    /// # Errors
    ///
    /// When the execution failed or took longer than its workflow's timeout, as a native run of the same workflow says it.
    pub fn output(self) -> Result<W::Output, ExecutionError> {
        let StartSyncExecutionOutput { status, output, error, cause, .. } = self.answer;
        match status {
            SyncExecutionStatus::Succeeded => read_output::<W>(output.as_deref()),
            SyncExecutionStatus::TimedOut => Err(ExecutionError::TimedOut),
            _ => Err(ExecutionError::Failed(Failure::new(error.unwrap_or_default(), cause.unwrap_or_default()))),
        }
    }
}

impl<W> fmt::Debug for SyncExecution<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let StartSyncExecutionOutput { execution_arn, status, .. } = &self.answer;
        f.debug_struct("SyncExecution").field("arn", execution_arn).field("status", status).finish_non_exhaustive()
    }
}
