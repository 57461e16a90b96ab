//! The end of an engine with a store.

use std::time::Duration;

use workflow_runtime::prelude::*;
use workflow_runtime::store::Memory;
use workflow_runtime::{StartError, Status};

use crate::engine;

struct Steps;

#[workflow(start = first, timeout = "1d")]
impl Steps {
    #[task(timeout = "1h", next = second)]
    async fn first(&self, number: u32) -> u32 {
        tokio::time::sleep(Duration::from_secs(30)).await;
        number + 1
    }

    #[task(timeout = "1h", end)]
    async fn second(&self, number: u32) -> u32 {
        tokio::time::sleep(Duration::from_secs(30)).await;
        number + 10
    }
}

#[tokio::test(start_paused = true)]
async fn running_steps_have_their_time_and_no_other_begins() {
    let memory = Memory::new();
    let first = engine(Steps, &memory).await;
    let execution = first.start::<Steps>(1).await.expect("it starts");
    tokio::time::sleep(Duration::from_secs(1)).await;
    let began = tokio::time::Instant::now();
    assert_eq!(first.shutdown(Duration::from_secs(60)).await, 1);
    assert_eq!(began.elapsed(), Duration::from_secs(29), "the first step has come to its end");
    assert_eq!(execution.output().await, Err(ExecutionError::Suspended));
    assert_eq!(execution.status(), Status::Running);
    assert!(matches!(first.start::<Steps>(1).await, Err(StartError::ShutDown)));

    let second = engine(Steps, &memory).await;
    let execution = second.execution(execution.id()).expect("it goes on");
    let began = tokio::time::Instant::now();
    assert_eq!(execution.output_json().await.as_deref(), Ok("12"));
    assert_eq!(began.elapsed(), Duration::from_secs(30), "the first step is not run again");
}

#[tokio::test(start_paused = true)]
async fn a_step_that_takes_too_long_runs_again() {
    let memory = Memory::new();
    let first = engine(Steps, &memory).await;
    let id = first.start::<Steps>(1).await.expect("it starts").id().clone();
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(first.shutdown(Duration::from_secs(3)).await, 1);

    let second = engine(Steps, &memory).await;
    let began = tokio::time::Instant::now();
    assert_eq!(second.execution(&id).expect("it goes on").output_json().await.as_deref(), Ok("12"));
    assert_eq!(began.elapsed(), Duration::from_secs(60));
}

struct Parent {
    steps: Steps,
}

#[workflow(start = both, timeout = "1d")]
impl Parent {
    #[nested(self.steps: Steps, end)]
    #[catch(States::All => failed)]
    fn both(number: u32);

    #[pass(end)]
    fn failed(_failure: Failure) -> u32 {
        0
    }
}

#[tokio::test(start_paused = true)]
async fn a_parent_does_not_take_it_for_the_failure_of_its_child() {
    let memory = Memory::new();
    let first = engine(Parent { steps: Steps }, &memory).await;
    let id = first.start::<Parent>(1).await.expect("it starts").id().clone();
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(first.shutdown(Duration::from_secs(60)).await, 2);
    assert!(first.executions().iter().all(|execution| execution.status() == Status::Running));

    let second = engine(Parent { steps: Steps }, &memory).await;
    let execution = second.execution(&id).expect("it goes on");
    assert_eq!(execution.output_json().await.as_deref(), Ok("12"));
    let children: Vec<_> = second.executions();
    assert_eq!(children.len(), 2);
    assert_eq!(children[1].parent(), Some(&id));
}
