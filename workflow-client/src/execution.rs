//! A handle on an execution on AWS: [`RemoteExecution`].

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use aws_sdk_sfn::operation::describe_execution::DescribeExecutionOutput;
use aws_sdk_sfn::types::{ExecutionStatus, HistoryEvent};
use tokio::time::sleep;
use workflow_runtime::model::machine::Mode;
use workflow_runtime::{ExecutionError, Failure, Status, Workflow};

use crate::limits;
use crate::{Client, OutputError, ServiceError};

/// How many times in a row nobody may answer how an execution stands before waiting for it is given up.
const MOST_FAILURES: u32 = 8;

/// A handle on an execution of the workflow `W` on AWS. The execution goes on when the handle is dropped.
///
/// [`Client::start`] gives it, and [`Client::execution`] for one that was started elsewhere. Express executions cannot be asked about, so
/// for them only [`arn`](Self::arn) compiles.
pub struct RemoteExecution<W> {
    client: Client,
    arn: Arc<str>,
    workflow: PhantomData<fn() -> W>,
}

impl<W: Workflow> RemoteExecution<W> {
    const IS_KEPT: () = assert!(
        matches!(W::MODE, Mode::Standard),
        "Step Functions keeps only executions of Standard workflows: `start_sync` an Express workflow to have its output"
    );

    pub(crate) fn new(client: Client, arn: String) -> Self {
        RemoteExecution { client, arn: arn.into(), workflow: PhantomData }
    }

    /// The ARN, by which [`Client::execution_of_arn`] finds it again.
    pub fn arn(&self) -> &str {
        &self.arn
    }

    /// Where the execution stands.
    ///
    /// # Errors
    ///
    /// When Step Functions does not say.
    pub async fn status(&self) -> Result<Status, ServiceError> {
        Ok(status(&self.describe().await?.status))
    }

    /// Waits for the end. It asks how the execution stands, in [growing intervals](Client::poll_interval), and bears with a service
    /// that is busy or away for a while.
    ///
    /// # Errors
    ///
    /// When the execution failed, took longer than its workflow's timeout or was stopped: [`OutputError::Ended`] has what a native run
    /// gives. When Step Functions does not say how it stands, the execution may go on.
    pub async fn output(&self) -> Result<W::Output, OutputError> {
        let mut pace = self.client.pace;
        let mut failures = 0;
        loop {
            match self.describe().await {
                Ok(description) => {
                    failures = 0;
                    if status(&description.status) != Status::Running {
                        return Ok(ended::<W>(description)?);
                    }
                }
                Err(error) => {
                    failures += 1;
                    // It takes a moment until an execution that was just started is seen by who asks for it.
                    let may_come = error.is_transient() || error.code() == Some("ExecutionDoesNotExist");
                    if !may_come || failures >= MOST_FAILURES {
                        return Err(error.into());
                    }
                }
            }
            sleep(pace.step()).await;
        }
    }

    /// Stops the execution, which then is aborted. One that has ended stays as it is.
    ///
    /// # Errors
    ///
    /// When Step Functions does not stop it.
    pub async fn stop(&self) -> Result<(), ServiceError> {
        self.stop_with(Failure::new("", "")).await
    }

    /// As [`stop`](Self::stop), and leaves an error and a cause in its history.
    ///
    /// # Errors
    ///
    /// When Step Functions does not stop it.
    pub async fn stop_with(&self, reason: Failure) -> Result<(), ServiceError> {
        const { Self::IS_KEPT };
        let call = self.client.sfn.stop_execution().execution_arn(&*self.arn);
        let call = call.set_error(limits::error(&reason)).set_cause(limits::cause(&reason));
        call.send().await.map(drop).map_err(|error| ServiceError::new("StopExecution", &self.arn, error))
    }

    /// What happened so far, as the SDK has it.
    ///
    /// # Errors
    ///
    /// When Step Functions does not say.
    pub async fn history(&self) -> Result<Vec<HistoryEvent>, ServiceError> {
        const { Self::IS_KEPT };
        let pages =
            self.client.sfn.get_execution_history().execution_arn(&*self.arn).max_results(1_000).into_paginator();
        let events = pages.items().send().collect::<Result<Vec<_>, _>>().await;
        events.map_err(|error| ServiceError::new("GetExecutionHistory", &self.arn, error))
    }

    async fn describe(&self) -> Result<DescribeExecutionOutput, ServiceError> {
        const { Self::IS_KEPT };
        let call = self.client.sfn.describe_execution().execution_arn(&*self.arn);
        call.send().await.map_err(|error| ServiceError::new("DescribeExecution", &self.arn, error))
    }
}

/// The status in this project's terms. What AWS adds one day is not the end of an execution.
fn status(status: &ExecutionStatus) -> Status {
    match status {
        ExecutionStatus::Succeeded => Status::Succeeded,
        ExecutionStatus::Failed => Status::Failed,
        ExecutionStatus::TimedOut => Status::TimedOut,
        ExecutionStatus::Aborted => Status::Aborted,
        _ => Status::Running,
    }
}

/// What an execution that is over ended with.
fn ended<W: Workflow>(description: DescribeExecutionOutput) -> Result<W::Output, ExecutionError> {
    let DescribeExecutionOutput { status, output, error, cause, .. } = description;
    let failure = Failure::new(error.unwrap_or_default(), cause.unwrap_or_default());
    match status {
        ExecutionStatus::Succeeded => read_output::<W>(output.as_deref()),
        ExecutionStatus::TimedOut => Err(ExecutionError::TimedOut),
        ExecutionStatus::Aborted => Err(ExecutionError::Aborted(failure)),
        _ => Err(ExecutionError::Failed(failure)),
    }
}

/// The output of a workflow out of its JSON.
pub(crate) fn read_output<W: Workflow>(json: Option<&str>) -> Result<W::Output, ExecutionError> {
    serde_json::from_str(json.unwrap_or("null")).map_err(|error| {
        let cause =
            format!("the output is not what `{}` ends with, so another version of it is deployed: {error}", W::NAME);
        ExecutionError::Failed(Failure::new("States.Runtime", cause))
    })
}

impl<W> Clone for RemoteExecution<W> {
    fn clone(&self) -> Self {
        RemoteExecution { client: self.client.clone(), arn: self.arn.clone(), workflow: PhantomData }
    }
}

impl<W> fmt::Debug for RemoteExecution<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RemoteExecution").field("arn", &self.arn).finish_non_exhaustive()
    }
}
