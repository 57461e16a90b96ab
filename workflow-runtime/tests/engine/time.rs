//! Timeouts and heartbeats.

use std::time::Duration;

use tokio::time::{Instant, sleep};
use workflow_runtime::Status;
use workflow_runtime::prelude::*;

use crate::{engine, types};

struct Beating;

#[workflow(start = copy, timeout = "1h")]
impl Beating {
    #[task(timeout = "10m", heartbeat = "5s", end)]
    async fn copy(&self, beats: u32, context: TaskContext) -> u32 {
        for _ in 0..beats {
            sleep(Duration::from_millis(4_900)).await;
            context.heartbeat();
        }
        if beats == 7 {
            sleep(Duration::from_secs(60)).await;
        }
        beats
    }
}

#[tokio::test(start_paused = true)]
async fn heartbeats_keep_a_task_alive() {
    let begun = Instant::now();
    assert_eq!(Beating.run(20).await, Ok(20));
    assert_eq!(begun.elapsed(), Duration::from_secs(98));
}

#[tokio::test(start_paused = true)]
async fn a_task_whose_heartbeats_stop_times_out() {
    let begun = Instant::now();
    let failure = Failure::new("States.Timeout", "");
    assert_eq!(Beating.run(7).await, Err(ExecutionError::Failed(failure)));
    assert_eq!(begun.elapsed(), Duration::from_millis(7 * 4_900 + 5_000));
}

struct Endless;

#[workflow(start = work, timeout = "90s")]
impl Endless {
    #[wait("20s", next = work)]
    fn rest(rounds: u32);

    #[task(timeout = "30s", next = go_on)]
    async fn work(&self, rounds: u32) -> u32 {
        rounds + 1
    }

    #[choice]
    fn go_on(rounds: u32) -> Next<Self> {
        if rounds < 1_000 { rest(rounds) } else { done(rounds) }
    }

    #[succeed]
    fn done(rounds: u32);
}

#[tokio::test(start_paused = true)]
async fn an_execution_that_meets_its_timeout_has_no_error() {
    let engine = engine(Endless).await;
    let execution = engine.start::<Endless>(0).await.expect("the workflow is known");
    let begun = Instant::now();
    let error = execution.output().await.expect_err("it never ends by itself");
    assert_eq!(begun.elapsed(), Duration::from_secs(90));
    assert_eq!((&error, error.failure()), (&ExecutionError::TimedOut, None));
    assert_eq!(execution.status(), Status::TimedOut);
    let history = execution.history();
    assert_eq!(types(&history)[history.len() - 2..], ["WaitStateEntered", "ExecutionTimedOut"]);
    let last = serde_json::to_value(history.last()).expect("an event is JSON");
    assert_eq!(
        (&last["previousEventId"], &last["executionTimedOutEventDetails"]["error"]),
        (&0.into(), &"States.Timeout".into())
    );
    assert_eq!(Endless.run(0).await, Err(ExecutionError::TimedOut));
}

struct Spinning;

#[workflow(native, start = spin, timeout = "100ms")]
#[allow_finding(W0202)]
impl Spinning {
    #[task(timeout = "10ms", next = go_on)]
    async fn spin(&self, rounds: u64) -> u64 {
        rounds.wrapping_add(1)
    }

    #[choice]
    fn go_on(rounds: u64) -> Next<Self> {
        if rounds > 0 { spin(rounds) } else { done(rounds) }
    }

    #[succeed]
    fn done(rounds: u64);
}

/// On the real clock: under the paused one time passes only when nothing is to be done.
#[tokio::test]
async fn a_loop_that_never_waits_meets_its_timeout_and_lets_others_run() {
    let engine = engine(Spinning).await;
    let execution = engine.start::<Spinning>(0).await.expect("the workflow is known");
    let begun = Instant::now();
    let other = tokio::spawn(async move {
        sleep(Duration::from_millis(10)).await;
        begun.elapsed()
    });
    assert_eq!(execution.output().await, Err(ExecutionError::TimedOut));
    assert!(begun.elapsed() >= Duration::from_millis(90));
    assert!(other.await.expect("it does not panic") < Duration::from_millis(90));
    assert_eq!(Spinning.run(0).await, Err(ExecutionError::TimedOut));
}

#[tokio::test]
async fn a_loop_that_never_waits_can_be_cancelled() {
    let engine = engine(Spinning).await;
    let execution = engine.start::<Spinning>(0).await.expect("the workflow is known");
    sleep(Duration::from_millis(5)).await;
    execution.cancel();
    assert!(matches!(execution.output().await, Err(ExecutionError::Aborted(_))));
}

struct Days;

#[workflow(start = rest, timeout = "20d")]
impl Days {
    #[wait(next = again)]
    fn rest(days: u32) -> u32 {
        days * 86_400
    }

    #[wait("7d", end)]
    fn again(days: u32);
}

#[tokio::test(start_paused = true)]
async fn days_pass_at_once() {
    let begun = Instant::now();
    assert_eq!(Days.run(3).await, Ok(3));
    assert_eq!(begun.elapsed(), Duration::from_secs(10 * 86_400));
}
