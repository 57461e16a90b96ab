//! The limits that Step Functions has, where they hold natively as well.

use workflow_runtime::Status;
use workflow_runtime::prelude::*;

use crate::types;

/// Writes 10 events, and 7 more for each round.
struct Long;

#[workflow(start = one, timeout = "1h")]
#[allow_finding(W0202)]
impl Long {
    #[pass(next = two)]
    fn one(rounds: u32);

    #[pass(next = three)]
    fn two(rounds: u32);

    #[pass(next = step)]
    fn three(rounds: u32);

    #[task(timeout = "1m", next = again)]
    async fn step(&self, rounds: u32) -> u32 {
        rounds - 1
    }

    #[choice]
    fn again(rounds: u32) -> Next<Self> {
        if rounds > 0 { step(rounds) } else { done(rounds) }
    }

    #[succeed]
    fn done(rounds: u32);
}

/// After so many rounds there are 25,000 events.
const ROUNDS: u32 = 3_570;

#[tokio::test(start_paused = true)]
async fn the_last_of_25_000_events_is_the_failure() {
    let engine = Engine::builder().workflow(Long).start().await.expect("there is one workflow");
    let execution = engine.start::<Long>(ROUNDS + 1).await.expect("the workflow is known");
    // As AWS has it: the failure follows from the last event that found room.
    let cause = "The execution reached the maximum number of history events (25000).";
    assert_eq!(execution.output().await, Err(ExecutionError::Failed(Failure::new("States.Runtime", cause))));
    assert_eq!(execution.status(), Status::Failed);
    let history = execution.history();
    let last = history.last().expect("there are events");
    assert_eq!((last.id, last.previous_event_id, history.len()), (25_000, 24_999, 25_000));
    assert_eq!(last.detail.event_type(), "ExecutionFailed");
    assert_eq!(types(&history).iter().filter(|kind| *kind == "ExecutionFailed").count(), 1);
}

#[tokio::test(start_paused = true)]
async fn the_last_of_25_000_events_may_be_the_success() {
    let engine = Engine::builder().workflow(Long).start().await.expect("there is one workflow");
    let execution = engine.start::<Long>(ROUNDS).await.expect("the workflow is known");
    assert_eq!(execution.output().await, Ok(0));
    assert_eq!(execution.history().len(), 25_000);
}

#[tokio::test(start_paused = true)]
async fn the_limit_can_be_lifted() {
    let engine = Engine::builder().workflow(Long).limit_history(false).start().await.expect("there is one workflow");
    let execution = engine.start::<Long>(2 * ROUNDS).await.expect("the workflow is known");
    assert_eq!(execution.output().await, Ok(0));
    assert_eq!(execution.history().len(), 10 + 7 * 2 * 3_570);
}
