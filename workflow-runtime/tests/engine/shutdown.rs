//! How an engine ends.

use std::time::Duration;

use tokio::time::{Instant, sleep};
use workflow_runtime::prelude::*;
use workflow_runtime::{StartError, Status};

use crate::{engine, types};

struct Work;

#[workflow(start = rest, timeout = "2h")]
impl Work {
    #[wait(next = work)]
    fn rest(seconds: u32) -> u32 {
        seconds
    }

    #[task(timeout = "1h", end)]
    async fn work(&self, seconds: u32) -> u32 {
        sleep(Duration::from_secs(seconds.into())).await;
        seconds
    }
}

struct Parent {
    work: Work,
}

#[workflow(start = child, timeout = "3h")]
impl Parent {
    #[nested(self.work: Work, timeout = "2h", end)]
    #[catch(States::All => |_failure| gone())]
    fn child(seconds: u32);

    #[pass(end)]
    fn gone() -> u32 {
        0
    }
}

#[tokio::test(start_paused = true)]
async fn what_ends_in_time_ends_by_itself() {
    let engine = engine(Work).await;
    let begun = Instant::now();
    let [short, waits, works] = [5, 100, 20].map(|seconds| {
        let engine = engine.clone();
        async move { engine.start::<Work>(seconds).await.expect("the workflow is known") }
    });
    let (short, waits, works) = (short.await, waits.await, works.await);
    assert_eq!(engine.shutdown(Duration::from_secs(30)).await, 2);
    assert_eq!(begun.elapsed(), Duration::from_secs(30));
    assert_eq!((short.status(), short.output().await), (Status::Succeeded, Ok(5)));
    assert_eq!(types(&waits.history())[1..], ["WaitStateEntered", "ExecutionAborted"]);
    assert_eq!(types(&works.history()).last().map(String::as_str), Some("ExecutionAborted"));
    let Err(ExecutionError::Aborted(reason)) = works.output().await else { panic!("it was cancelled") };
    assert_eq!(reason, Failure::new("EngineShutDown", "the engine was shut down"));
}

#[tokio::test(start_paused = true)]
async fn an_engine_without_work_ends_at_once_and_for_good() {
    let engine = engine(Work).await;
    let begun = Instant::now();
    assert_eq!(engine.shutdown(Duration::from_secs(30)).await, 0);
    assert_eq!(begun.elapsed(), Duration::ZERO);
    let error = engine.start::<Work>(0).await.expect_err("it starts nothing");
    assert!(matches!(error, StartError::ShutDown), "{error}");
    assert!(matches!(engine.start_json("Work", "0").await, Err(StartError::ShutDown)));
    assert_eq!(engine.shutdown(Duration::ZERO).await, 0);
}

#[tokio::test(start_paused = true)]
async fn a_parent_does_not_take_the_shutdown_for_a_failure_of_its_child() {
    let engine = engine(Parent { work: Work }).await;
    let parent = engine.start::<Parent>(100).await.expect("the workflow is known");
    sleep(Duration::from_secs(1)).await;
    engine.shutdown(Duration::ZERO).await;
    assert_eq!(parent.status(), Status::Aborted);
    assert!(engine.executions().iter().all(|execution| execution.status() == Status::Aborted));
}
