//! The workflows of Step Functions' sample "Start a workflow within a workflow": a main workflow starts a nested one in three ways. It
//! starts it and goes on; then, at the same time, it starts it and waits for its end, and starts it and waits for a callback.

use std::future::Future;

use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

/// How the nested workflow sends its answer before it ends.
pub trait Callback: Clone + Send + Sync + 'static {
    /// Ends the task that waits for the token.
    fn send(&self, token: &TaskToken<String>, answer: String)
    -> impl Future<Output = Result<(), CallbackError>> + Send;
}

#[derive(Debug, thiserror::Error, TaskError)]
pub enum CallbackError {
    #[error("nobody waits for the answer: {0}")]
    NobodyWaits(String),
}

/// What the nested workflow is started with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
pub struct Order {
    /// The execution that starts it.
    pub started_by: String,
    /// Where the answer is wanted, if it is.
    pub callback: Option<TaskToken<String>>,
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
pub struct Answer {
    pub token: TaskToken<String>,
    pub started_by: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
pub struct Report {
    pub message: String,
}

/// The nested workflow.
#[derive(Clone)]
pub struct Nested<C> {
    callback: C,
}

/// Works for a while, calls back if that is wanted, and reports.
#[workflow(start = work, timeout = "10m")]
impl<C: Callback> Nested<C> {
    #[wait("5s", next = is_callback_wanted)]
    fn work(order: Order);

    #[choice]
    fn is_callback_wanted(order: Order) -> Next<Self> {
        match order.callback {
            Some(token) => call_back(Answer { token, started_by: order.started_by }),
            None => report(Report { message: format!("done for {}", order.started_by) }),
        }
    }

    #[task(timeout = "30s", next = finish)]
    #[retry(States::Timeout, interval = "2s", max_attempts = 3)]
    async fn call_back(&self, answer: Answer) -> Result<Report, CallbackError> {
        let message = format!("called {} back", answer.started_by);
        self.callback.send(&answer.token, message.clone()).await?;
        Ok(Report { message })
    }

    /// The answer is out; the execution is not over yet.
    #[wait("5s", next = report)]
    fn finish(report: Report);

    #[succeed]
    fn report(report: Report);
}

pub struct WaitForEnd<C> {
    nested: Nested<C>,
}

/// Starts the nested workflow, and waits for its end.
#[workflow(start = start_and_wait, timeout = "15m", output = String)]
impl<C: Callback> WaitForEnd<C> {
    #[nested(self.nested: Nested<C>, end = |report| report.message)]
    fn start_and_wait(started_by: String) -> Order {
        Order { started_by, callback: None }
    }
}

pub struct WaitForCallback<C> {
    nested: Nested<C>,
}

/// Starts the nested workflow, and waits for what it sends back.
#[workflow(start = start_and_wait_for_callback, timeout = "15m")]
impl<C: Callback> WaitForCallback<C> {
    #[nested(self.nested: Nested<C>, callback, timeout = "12m", end)]
    fn start_and_wait_for_callback(started_by: String, token: TaskToken<String>) -> Order {
        Order { started_by, callback: Some(token) }
    }
}

/// What the main workflow ends with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
pub struct Done {
    pub from_the_end: String,
    pub from_the_callback: String,
}

pub struct Main<C> {
    nested: Nested<C>,
    wait_for_end: WaitForEnd<C>,
    wait_for_callback: WaitForCallback<C>,
}

impl<C: Callback> Main<C> {
    pub fn new(callback: C) -> Self {
        let nested = Nested { callback };
        Main {
            wait_for_end: WaitForEnd { nested: nested.clone() },
            wait_for_callback: WaitForCallback { nested: nested.clone() },
            nested,
        }
    }

    /// The nested workflow, to be deployed beside the main one.
    pub fn nested(&self) -> Nested<C> {
        self.nested.clone()
    }
}

/// Starts a workflow within a workflow, in three ways.
#[workflow(start = start_and_continue, timeout = "30m", output = Done)]
impl<C: Callback> Main<C> {
    #[nested(self.nested: Nested<C>, request_response, next = |_| start_in_parallel(context.execution.id.clone()))]
    fn start_and_continue() -> Order {
        Order { started_by: context.execution.id.clone(), callback: None }
    }

    #[parallel(
        branches(self.wait_for_end: WaitForEnd<C>, self.wait_for_callback: WaitForCallback<C>),
        end = |(from_the_end, from_the_callback)| Done { from_the_end, from_the_callback },
    )]
    fn start_in_parallel(started_by: String);
}
