//! Executions that wait are records of the engine, and no tasks.

use std::time::Duration;

use tokio::runtime::{Builder, Handle};
use tokio::time::{Instant, sleep};
use workflow_runtime::prelude::*;
use workflow_runtime::{AnyExecution, BuildError, Status};

use crate::{engine, types};

struct Nap;

#[workflow(start = rest, timeout = "1h")]
impl Nap {
    #[wait(next = report)]
    fn rest(seconds: u32) -> u32 {
        seconds
    }

    #[task(timeout = "10s", next = rest_again)]
    async fn report(&self, seconds: u32) -> u32 {
        seconds + 1
    }

    #[wait("1s", end)]
    fn rest_again(seconds: u32);
}

/// Lets all others have their turn, at the same time of the clock.
async fn settle() {
    for _ in 0..10 {
        tokio::task::yield_now().await;
    }
}

async fn start(engine: &Engine, seconds: u32) -> AnyExecution {
    engine.start::<Nap>(seconds).await.expect("the workflow is known").into_any()
}

fn alive_tasks() -> usize {
    Handle::current().metrics().num_alive_tasks()
}

#[tokio::test(start_paused = true)]
async fn a_thousand_waits_are_one_task() {
    let engine = engine(Nap).await;
    let begun = Instant::now();
    let mut executions = Vec::new();
    for number in 0..1_000 {
        // Not in the order of their ends, and some at the same time.
        executions.push((number, start(&engine, 1 + number * 37 % 100).await));
    }
    while alive_tasks() > 1 {
        tokio::task::yield_now().await;
    }
    assert_eq!(begun.elapsed(), Duration::ZERO);
    for (number, execution) in executions {
        let seconds = 1 + number * 37 % 100;
        assert_eq!(execution.output_json().await, Ok((seconds + 1).to_string()));
        let took = Duration::from_secs(u64::from(seconds) + 1);
        assert_eq!(execution.stopped(), Some(execution.started() + took));
    }
    settle().await;
    assert_eq!(alive_tasks(), 0);
}

#[tokio::test(start_paused = true)]
async fn the_history_of_a_parked_execution_is_that_of_one_that_sleeps() {
    let engine = engine(Nap).await;
    let execution = start(&engine, 60).await;
    execution.output_json().await.expect("nothing fails");
    let expected = [
        "ExecutionStarted",
        "WaitStateEntered",
        "WaitStateExited",
        "TaskStateEntered",
        "TaskScheduled",
        "TaskStarted",
        "TaskSucceeded",
        "TaskStateExited",
        "WaitStateEntered",
        "WaitStateExited",
        "ExecutionSucceeded",
    ];
    let history = execution.history();
    assert_eq!(types(&history), expected);
    let time = |index: usize| history[index].timestamp;
    assert_eq!(time(2), time(1) + Duration::from_secs(60));
    assert_eq!(time(9), time(8) + Duration::from_secs(1));
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_is_sooner_over_is_not_held_up_by_a_later_one() {
    let engine = engine(Nap).await;
    let begun = Instant::now();
    let late = start(&engine, 1_000).await;
    settle().await;
    let early = start(&engine, 10).await;
    early.output_json().await.expect("nothing fails");
    assert_eq!(begun.elapsed(), Duration::from_secs(11));
    late.output_json().await.expect("nothing fails");
    assert_eq!(begun.elapsed(), Duration::from_secs(1_001));
}

#[tokio::test(start_paused = true)]
async fn a_parked_execution_is_cancelled_at_once() {
    let engine = engine(Nap).await;
    let begun = Instant::now();
    let [one, other] = [start(&engine, 500).await, start(&engine, 500).await];
    settle().await;
    let reason = Failure::new("Superseded", "there is a newer one");
    assert!(one.cancel_with(reason.clone()));
    assert_eq!(one.output_json().await, Err(ExecutionError::Aborted(reason)));
    assert_eq!(begun.elapsed(), Duration::ZERO);
    assert_eq!(types(&one.history())[1..], ["WaitStateEntered", "ExecutionAborted"]);
    assert!(!one.cancel());
    assert_eq!(other.output_json().await, Ok("501".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn cancelled_executions_leave_nothing_behind() {
    let engine = engine(Nap).await;
    let begun = Instant::now();
    let mut executions = Vec::new();
    for number in 0..300 {
        executions.push(start(&engine, 100 + number).await);
    }
    settle().await;
    // Those that are left are woken in their order all the same.
    let (left, cancelled): (Vec<_>, Vec<_>) = executions.into_iter().enumerate().partition(|(index, _)| index % 3 == 0);
    assert!(cancelled.iter().all(|(_, execution)| execution.cancel()));
    for (index, execution) in left {
        execution.output_json().await.expect("it was not cancelled");
        assert_eq!(begun.elapsed(), Duration::from_secs(101 + index as u64));
    }
    let last = start(&engine, 1_000).await;
    settle().await;
    assert!(last.cancel());
    settle().await;
    // The task that slept for them is gone without waiting for their time.
    assert_eq!(alive_tasks(), 0);
}

#[tokio::test(start_paused = true)]
async fn an_execution_that_is_cancelled_before_it_waits_never_does() {
    let engine = engine(Nap).await;
    let begun = Instant::now();
    let execution = start(&engine, 500).await;
    assert!(execution.cancel());
    assert!(matches!(execution.output_json().await, Err(ExecutionError::Aborted(_))));
    assert_eq!(begun.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn the_timeout_of_the_workflow_reaches_a_parked_execution() {
    let engine = engine(Nap).await;
    let begun = Instant::now();
    let execution = start(&engine, 10_000).await;
    assert_eq!(execution.output_json().await, Err(ExecutionError::TimedOut));
    assert_eq!(begun.elapsed(), Duration::from_secs(3_600));
    assert_eq!(types(&execution.history())[1..], ["WaitStateEntered", "ExecutionTimedOut"]);
    // The timeout counts from the start, not from the last wait.
    let begun = Instant::now();
    let execution = start(&engine, 3_599).await;
    assert_eq!(execution.output_json().await, Ok("3600".to_owned()));
    let execution = start(&engine, 3_600).await;
    assert_eq!(execution.output_json().await, Err(ExecutionError::TimedOut));
    assert_eq!(begun.elapsed(), Duration::from_secs(2 * 3_600));
}

#[tokio::test(start_paused = true)]
async fn a_wait_of_no_length_is_none() {
    let engine = engine(Nap).await;
    let begun = Instant::now();
    assert_eq!(start(&engine, 0).await.output_json().await, Ok("1".to_owned()));
    assert_eq!(begun.elapsed(), Duration::from_secs(1));
}

struct Parent {
    nap: Nap,
}

#[workflow(start = child, timeout = "2h")]
impl Parent {
    #[nested(self.nap: Nap, timeout = "1h", next = rest)]
    fn child(seconds: u32);

    #[wait("5s", end)]
    fn rest(seconds: u32);
}

#[tokio::test(start_paused = true)]
async fn a_nested_execution_waits_within_its_parent() {
    let engine = engine(Parent { nap: Nap }).await;
    let begun = Instant::now();
    let execution = engine.start::<Parent>(30).await.expect("the workflow is known");
    assert_eq!(execution.output().await, Ok(31));
    assert_eq!(begun.elapsed(), Duration::from_secs(36));
}

#[test]
fn parked_executions_end_with_their_runtime() {
    let runtime = Builder::new_current_thread().enable_time().build().expect("a runtime can be built");
    let (engine, execution) = runtime.block_on(async {
        let engine = engine(Nap).await;
        let execution = start(&engine, 500).await;
        sleep(Duration::from_millis(1)).await;
        (engine, execution)
    });
    assert_eq!((execution.status(), alive(&runtime)), (Status::Running, 1));
    drop(runtime);
    assert_eq!(execution.status(), Status::Aborted);
    // What is started on a runtime that is gone never runs.
    let runtime = Builder::new_current_thread().build().expect("a runtime can be built");
    let late = runtime.block_on(start(&engine, 0));
    assert_eq!(late.status(), Status::Aborted);
}

fn alive(runtime: &tokio::runtime::Runtime) -> usize {
    runtime.metrics().num_alive_tasks()
}

#[test]
fn an_engine_needs_a_runtime() {
    let built = std::pin::pin!(Engine::builder().workflow(Nap).start());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(Err(error)) = built.poll(&mut context) else {
        panic!("there is no runtime here");
    };
    assert!(matches!(error, BuildError::NoRuntime));
    assert!(error.to_string().contains("#[tokio::main]"), "{error}");
}

#[tokio::test(start_paused = true, flavor = "current_thread")]
async fn a_burst_of_wakes_lets_others_run() {
    let engine = engine(Nap).await;
    let mut executions = Vec::new();
    for _ in 0..2_000 {
        executions.push(start(&engine, 7).await);
    }
    for execution in executions {
        assert_eq!(execution.output_json().await, Ok("8".to_owned()));
    }
}
