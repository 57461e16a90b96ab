//! Executions that wait for so long that only the store knows of them.

use std::time::Duration;

use workflow_runtime::prelude::*;
use workflow_runtime::store::{Filter, Memory};
use workflow_runtime::{ExecutionError, Status};

use crate::{crash, engine};

struct Reminder;

#[workflow(start = rest, timeout = "30d")]
impl Reminder {
    #[wait("10d", next = say)]
    fn rest(text: String);

    #[task(timeout = "1m", end)]
    async fn say(&self, text: String) -> String {
        format!("{text}!")
    }
}

const DAY: Duration = Duration::from_secs(86_400);

/// Lets what is due have its turn.
async fn settle() {
    tokio::time::sleep(Duration::from_millis(1)).await;
}

#[tokio::test(start_paused = true)]
async fn one_that_nobody_looks_at_is_in_the_store_only() {
    let memory = Memory::new();
    let engine = engine(Reminder, &memory).await;
    let id = engine.start::<Reminder>("tea".to_owned()).await.expect("it starts").id().clone();
    let held = engine.start::<Reminder>("milk".to_owned()).await.expect("it starts");
    settle().await;
    assert_eq!(engine.executions().len(), 1, "the one with a handle");
    tokio::time::sleep(DAY * 10 + Duration::from_secs(1)).await;
    assert_eq!(engine.execution(&id).expect("it is known").output_json().await.as_deref(), Ok("\"tea!\""));
    assert_eq!(held.output().await.as_deref(), Ok("milk!"));
    let types: Vec<_> = held.history().iter().map(|event| event.detail.event_type()).collect();
    assert_eq!(types[..4], ["ExecutionStarted", "WaitStateEntered", "WaitStateExited", "TaskStateEntered"]);
}

#[tokio::test(start_paused = true)]
async fn it_is_taken_up_by_the_next_engine_and_at_its_time() {
    let memory = Memory::new();
    let first = engine(Reminder, &memory).await;
    let id = first.start::<Reminder>("tea".to_owned()).await.expect("it starts").id().clone();
    settle().await;
    crash(first).await;
    tokio::time::sleep(DAY * 4).await;

    let second = engine(Reminder, &memory).await;
    settle().await;
    assert_eq!(second.executions().len(), 0);
    tokio::time::sleep(DAY * 5).await;
    let running = memory.list_all();
    assert_eq!(running, [Status::Running]);
    tokio::time::sleep(DAY).await;
    assert_eq!(memory.list_all(), [Status::Succeeded]);
    assert_eq!(second.execution(&id).expect("it is known").history().len(), 9);
    crash(second).await;

    // A wait that has passed is over at once.
    let third = engine(Reminder, &memory).await;
    third.start::<Reminder>("jam".to_owned()).await.expect("it starts");
    settle().await;
    crash(third).await;
    tokio::time::sleep(DAY * 11).await;
    let fourth = engine(Reminder, &memory).await;
    settle().await;
    settle().await;
    assert_eq!(memory.list_all(), [Status::Succeeded, Status::Succeeded]);
    drop(fourth);
}

trait ListAll {
    fn list_all(&self) -> Vec<Status>;
}

impl ListAll for Memory {
    fn list_all(&self) -> Vec<Status> {
        use workflow_runtime::store::Store;
        let all = self.list(&Filter::default()).expect("it can be read");
        all.iter().map(|execution| execution.status).collect()
    }
}

#[tokio::test(start_paused = true)]
async fn it_can_be_cancelled_while_it_waits() {
    let memory = Memory::new();
    let engine = engine(Reminder, &memory).await;
    let id = engine.start::<Reminder>("tea".to_owned()).await.expect("it starts").id().clone();
    settle().await;
    let execution = engine.execution(&id).expect("it is in the store");
    assert_eq!(execution.status(), Status::Running);
    assert!(execution.cancel());
    assert!(matches!(execution.output_json().await, Err(ExecutionError::Aborted(_))));
    assert_eq!(memory.list_all(), [Status::Aborted]);
    tokio::time::sleep(DAY * 11).await;
    assert_eq!(memory.list_all(), [Status::Aborted], "its time is nobody's any more");
}

struct Late;

#[workflow(start = rest, timeout = "2d")]
impl Late {
    #[wait("1d", next = work)]
    fn rest(text: String);

    #[task(timeout = "1d", end)]
    async fn work(&self, text: String) -> String {
        tokio::time::sleep(Duration::from_secs(20 * 3600)).await;
        text
    }
}

#[tokio::test(start_paused = true)]
async fn the_workflows_timeout_goes_on_while_no_process_does() {
    let memory = Memory::new();
    let first = engine(Late, &memory).await;
    let id = first.start::<Late>("x".to_owned()).await.expect("it starts").id().clone();
    settle().await;
    crash(first).await;
    tokio::time::sleep(DAY * 3 / 2).await;
    let second = engine(Late, &memory).await;
    settle().await;
    let error = second.execution(&id).expect("it goes on").output_json().await;
    assert_eq!(error, Err(ExecutionError::TimedOut));
    assert_eq!(memory.list_all(), [Status::TimedOut]);
}
