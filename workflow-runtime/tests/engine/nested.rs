//! Nested executions: linked from their parent, ended with it, and what the parent sees of their ends.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::time::{Instant, sleep};
use workflow_runtime::history::EventDetail;
use workflow_runtime::prelude::*;
use workflow_runtime::{AnyExecution, Status};

use crate::types;

/// What the child is to do.
#[derive(Clone, Serialize, Deserialize, Data)]
struct Order {
    seconds: u64,
    attempts: u32,
}

#[derive(Debug, thiserror::Error, TaskError)]
#[error("there is none left")]
struct SoldOut;

#[derive(Default)]
struct Child {
    running: Arc<AtomicU32>,
    failures: AtomicU32,
}

struct Leaving(Arc<AtomicU32>);

impl Drop for Leaving {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

#[workflow(start = work, timeout = "5m")]
impl Child {
    // Tried twice, so that its workflow is out of time before it is.
    #[allow_finding(W0312)]
    #[task(timeout = "4m", end)]
    #[retry(States::Timeout, max_attempts = 1)]
    async fn work(&self, order: Order) -> Result<String, SoldOut> {
        self.running.fetch_add(1, Ordering::SeqCst);
        let _leaving = Leaving(self.running.clone());
        sleep(Duration::from_secs(order.seconds)).await;
        let tried = self.failures.fetch_add(1, Ordering::SeqCst);
        if tried < order.attempts { Err(SoldOut) } else { Ok("done".to_owned()) }
    }
}

#[derive(Default)]
struct Parent {
    child: Child,
}

#[workflow(start = delegate, timeout = "1h", output = String)]
impl Parent {
    #[nested(self.child: Child, timeout = "8m", next = done)]
    #[retry(States::TaskFailed, interval = "1s", max_attempts = 2, backoff_rate = 1.0)]
    #[catch(States::All => given_up)]
    fn delegate(order: Order);

    #[succeed]
    fn done(answer: String);

    #[pass(end = |failure| failure.cause)]
    fn given_up(failure: Failure);
}

async fn start(order: Order) -> (Engine, Execution<Parent>, Arc<AtomicU32>) {
    let parent = Parent::default();
    let running = parent.child.running.clone();
    let engine = crate::engine(parent).await;
    let execution = engine.start::<Parent>(order).await.expect("the workflow is known");
    (engine, execution, running)
}

/// The children of an execution, by the events that link them.
fn children(engine: &Engine, execution: &Execution<Parent>) -> Vec<AnyExecution> {
    let history = execution.history();
    let submitted = history.iter().filter_map(|event| match &event.detail {
        EventDetail::TaskSubmitted { execution, .. } => execution.clone(),
        _ => None,
    });
    submitted.map(|id| engine.execution(&id).expect("the child is known to the engine")).collect()
}

#[tokio::test(start_paused = true)]
async fn a_child_is_linked_with_its_parent() {
    let (engine, parent, _) = start(Order { seconds: 3, attempts: 0 }).await;
    assert_eq!(parent.output().await, Ok("done".to_owned()));
    let [child] = &children(&engine, &parent)[..] else { panic!("there is one child") };
    assert_eq!(child.parent(), Some(parent.id()));
    assert_eq!((child.id().workflow(), child.status()), ("Child", Status::Succeeded));
    assert_eq!(child.input_json(), r#"{"seconds":3,"attempts":0}"#);
    let expected =
        ["ExecutionStarted", "TaskStateEntered", "TaskScheduled", "TaskStarted", "TaskSucceeded", "TaskStateExited"];
    assert_eq!(types(&child.history())[..6], expected);
    assert_eq!(
        engine.executions().iter().map(|execution| execution.id()).collect::<Vec<_>>(),
        [parent.id(), child.id()]
    );
}

#[tokio::test(start_paused = true)]
async fn each_retry_starts_a_child_of_its_own() {
    let (engine, parent, _) = start(Order { seconds: 3, attempts: 2 }).await;
    let begun = Instant::now();
    assert_eq!(parent.output().await, Ok("done".to_owned()));
    assert_eq!(begun.elapsed(), Duration::from_secs(3 + 1 + 3 + 1 + 3));
    let statuses: Vec<_> = children(&engine, &parent).iter().map(AnyExecution::status).collect();
    assert_eq!(statuses, [Status::Failed, Status::Failed, Status::Succeeded]);
}

#[tokio::test(start_paused = true)]
async fn a_child_that_fails_is_described_in_the_cause() {
    let (engine, parent, _) = start(Order { seconds: 0, attempts: 9 }).await;
    let cause = parent.output().await.expect("the failure is caught");
    let child = children(&engine, &parent).pop().expect("there are three children");
    let cause: Value = serde_json::from_str(&cause).expect("the cause is JSON");
    assert_eq!(cause["Error"], "SoldOut");
    assert_eq!(cause["Cause"], r#"{"errorType":"SoldOut","errorMessage":"there is none left"}"#);
    assert_eq!(cause["ExecutionArn"], child.id().arn());
    assert_eq!(cause["Name"], child.id().name());
    assert_eq!(cause["Input"], r#"{"seconds":0,"attempts":9}"#);
    assert_eq!(cause["Status"], "FAILED");
}

#[tokio::test(start_paused = true)]
async fn a_child_that_meets_its_own_timeout_fails_in_its_parent() {
    let (engine, parent, running) = start(Order { seconds: 3_600, attempts: 0 }).await;
    let begun = Instant::now();
    let cause = parent.output().await.expect("the failure is caught");
    let cause: Value = serde_json::from_str(&cause).expect("the cause is JSON");
    assert_eq!((&cause["Status"], cause.get("Error"), cause.get("Cause")), (&"TIMED_OUT".into(), None, None));
    assert_eq!(running.load(Ordering::SeqCst), 0);
    // `States::TaskFailed` takes it, so it was tried three times.
    assert_eq!(begun.elapsed(), Duration::from_secs(3 * 300 + 2));
    assert!(children(&engine, &parent).iter().all(|child| child.status() == Status::TimedOut));
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_parent_takes_its_children_with_it() {
    let (engine, parent, running) = start(Order { seconds: 100, attempts: 0 }).await;
    sleep(Duration::from_secs(10)).await;
    assert_eq!(running.load(Ordering::SeqCst), 1);
    assert!(parent.cancel());
    assert!(matches!(parent.output().await, Err(ExecutionError::Aborted(_))));
    assert_eq!(running.load(Ordering::SeqCst), 0, "the child's task is dropped");
    let [child] = &children(&engine, &parent)[..] else { panic!("there is one child") };
    assert_eq!(child.status(), Status::Aborted);
    assert!(matches!(child.output_json().await, Err(ExecutionError::Aborted(_))));
    assert_eq!(types(&child.history()).last().map(String::as_str), Some("ExecutionAborted"));
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_child_fails_in_its_parent() {
    let (engine, parent, running) = start(Order { seconds: 100, attempts: 0 }).await;
    sleep(Duration::from_secs(10)).await;
    let child = children(&engine, &parent).pop().expect("there is a child");
    assert!(child.cancel_with(Failure::new("Stopped", "by hand")));
    assert_eq!(child.output_json().await, Err(ExecutionError::Aborted(Failure::new("Stopped", "by hand"))));
    assert_eq!(running.load(Ordering::SeqCst), 0);
    let failed = loop {
        let history = parent.history();
        let failed = history.iter().find_map(|event| match &event.detail {
            EventDetail::TaskFailed { failure, .. } => Some(failure.clone()),
            _ => None,
        });
        match failed {
            Some(failed) => break failed,
            None => tokio::task::yield_now().await,
        }
    };
    assert_eq!(failed.error, "States.TaskFailed");
    let cause: Value = serde_json::from_str(&failed.cause).expect("the cause is JSON");
    assert_eq!((&cause["Status"], &cause["Error"]), (&"ABORTED".into(), &"Stopped".into()));
    assert_eq!(parent.output().await, Ok("done".to_owned()), "a retrier takes it");
}

/// A parent that waits less than its child may take.
struct Impatient {
    child: Child,
}

#[workflow(start = delegate, timeout = "1h")]
impl Impatient {
    #[nested(self.child: Child, timeout = "20s", end)]
    fn delegate(order: Order);
}

#[tokio::test(start_paused = true)]
async fn a_child_that_takes_too_long_for_its_parent_is_stopped() {
    let child = Child::default();
    let running = child.running.clone();
    let engine = crate::engine(Impatient { child }).await;
    let order = Order { seconds: 100, attempts: 0 };
    let parent = engine.start::<Impatient>(order).await.expect("the workflow is known");
    let begun = Instant::now();
    assert_eq!(parent.output().await, Err(ExecutionError::Failed(Failure::new("States.Timeout", ""))));
    assert_eq!(begun.elapsed(), Duration::from_secs(20));
    assert_eq!(running.load(Ordering::SeqCst), 0);
    let statuses: Vec<_> = engine.executions().iter().map(AnyExecution::status).collect();
    assert_eq!(statuses, [Status::Failed, Status::Aborted]);
    assert!(types(&parent.history()).contains(&"TaskTimedOut".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn without_an_engine_a_failed_child_is_described_as_well() {
    let order = Order { seconds: 0, attempts: 9 };
    let cause = Parent::default().run(order).await.expect("the failure is caught");
    let cause: Value = serde_json::from_str(&cause).expect("the cause is JSON");
    assert_eq!(cause["Status"], "FAILED");
    assert_eq!(cause["Input"], r#"{"seconds":0,"attempts":9}"#);
}
