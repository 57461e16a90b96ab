//! Nested workflows that are given a token.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;
use tokio::time::Instant;
use workflow_runtime::history::EventDetail;
use workflow_runtime::prelude::*;
use workflow_runtime::{Status, TokenError};

use crate::{engine, types};

#[derive(Clone, Serialize, Deserialize, Data)]
struct Request {
    invoice: u32,
    asked_by: String,
    token: TaskToken<bool>,
}

#[derive(Debug, thiserror::Error, TaskError)]
enum Refusal {
    #[error("nobody is in")]
    Absent,
}

/// Hands its token on, rests, and fails or succeeds.
#[derive(Clone)]
struct Clerk {
    outbox: mpsc::UnboundedSender<Request>,
}

#[workflow(start = look, timeout = "30d")]
impl Clerk {
    #[task(timeout = "1m", next = rest)]
    async fn look(&self, request: Request) -> u32 {
        let invoice = request.invoice;
        let _ = self.outbox.send(request);
        invoice
    }

    #[wait("1h", next = judge)]
    fn rest(invoice: u32);

    #[choice]
    fn judge(invoice: u32) -> Next<Self> {
        if invoice == 14 { broken(invoice) } else { done(invoice) }
    }

    #[succeed]
    fn done(invoice: u32);

    #[fail(error = "Unlucky")]
    fn broken(_invoice: u32);
}

struct Office {
    clerk: Clerk,
}

#[workflow(start = approve, timeout = "30d", output = String)]
impl Office {
    #[nested(self.clerk: Clerk, callback, timeout = "1d", heartbeat = "12h", end = |approved, invoice| format!("{invoice}: {approved}"))]
    #[retry(Refusal::Absent | States::HeartbeatTimeout, interval = "1m", max_attempts = 1)]
    fn approve(invoice: u32, token: TaskToken<bool>) -> Request {
        Request { invoice: 100 / (100 / invoice), asked_by: context.state.name, token }
    }
}

async fn office() -> (Engine, mpsc::UnboundedReceiver<Request>) {
    let (outbox, inbox) = mpsc::unbounded_channel();
    (engine(Office { clerk: Clerk { outbox } }).await, inbox)
}

#[tokio::test(start_paused = true)]
async fn the_parent_goes_on_with_what_is_sent() {
    let (engine, mut inbox) = office().await;
    let execution = engine.start::<Office>(20).await.expect("the engine has it");
    let request = inbox.recv().await.expect("the clerk looks at it");
    assert_eq!((request.invoice, request.asked_by.as_str()), (20, "Approve"));
    engine.complete(&request.token, true).await.expect("it waits");
    assert_eq!(execution.output().await.as_deref(), Ok("20: true"));
    // The clerk still rests.
    let submitted = execution.history().into_iter().find_map(|event| match event.detail {
        EventDetail::TaskSubmitted { execution, .. } => execution,
        _ => None,
    });
    let clerk = engine.execution(&submitted.expect("the history tells")).expect("it runs");
    assert_eq!((clerk.status(), clerk.parent()), (Status::Running, Some(execution.id())));
    assert_eq!(clerk.output_json().await.as_deref(), Ok("20"));
    let expected = [
        "ExecutionStarted",
        "TaskStateEntered",
        "TaskScheduled",
        "TaskStarted",
        "TaskSubmitted",
        "TaskSucceeded",
        "TaskStateExited",
        "ExecutionSucceeded",
    ];
    assert_eq!(types(&execution.history()), expected);
}

#[tokio::test(start_paused = true)]
async fn a_child_that_fails_does_not_fail_its_parent() {
    let (engine, mut inbox) = office().await;
    let begun = Instant::now();
    let execution = engine.start::<Office>(13).await.expect("the engine has it");
    let first = inbox.recv().await.expect("the clerk looks at it");
    // Nobody answers. After 12 hours without a heartbeat another clerk is asked, with another token.
    let second = inbox.recv().await.expect("another clerk looks at it");
    assert_eq!(begun.elapsed(), Duration::from_secs(12 * 3_600 + 60));
    let clerks: Vec<_> = engine.executions().into_iter().filter(|one| one.parent().is_some()).collect();
    assert_eq!((clerks.len(), clerks[0].status()), (2, Status::Failed));
    assert!(matches!(engine.complete(&first.token, true).await, Err(TokenError::TaskTimedOut)));
    engine.complete(&second.token, false).await.expect("it waits");
    assert_eq!(execution.output().await.as_deref(), Ok("13: false"));
}

#[tokio::test(start_paused = true)]
async fn a_failure_is_sent_by_any_name() {
    let (engine, mut inbox) = office().await;
    let execution = engine.start::<Office>(20).await.expect("the engine has it");
    for _ in 0..2 {
        let request = inbox.recv().await.expect("the clerk looks at it");
        engine.fail(&request.token, Refusal::Absent).await.expect("it waits");
    }
    let error = execution.output().await.expect_err("nobody was in, twice");
    assert_eq!(error.to_string(), "the execution failed with Refusal.Absent: nobody is in");
    assert_eq!(engine.waiting_tasks(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_parent_leaves_its_child_alone() {
    let (engine, mut inbox) = office().await;
    let execution = engine.start::<Office>(20).await.expect("the engine has it");
    let request = inbox.recv().await.expect("the clerk looks at it");
    assert!(execution.cancel());
    assert!(execution.output().await.is_err());
    assert!(matches!(engine.complete(&request.token, true).await, Err(TokenError::TaskTimedOut)));
    let clerk = engine.executions().into_iter().find(|one| one.parent().is_some()).expect("it runs");
    assert_eq!(clerk.output_json().await.as_deref(), Ok("20"));
}

#[tokio::test(start_paused = true)]
async fn an_input_that_cannot_be_made_schedules_nothing() {
    let (engine, _inbox) = office().await;
    let execution = engine.start::<Office>(0).await.expect("the engine has it");
    assert!(execution.output().await.is_err());
    let expected = ["ExecutionStarted", "TaskStateEntered", "EvaluationFailed", "ExecutionFailed"];
    assert_eq!(types(&execution.history()), expected);
    assert_eq!(engine.waiting_tasks(), 0);
}
