//! Waiting until there is nothing left to do.

use std::time::Duration;

use tokio::time::{Instant, timeout};
use workflow_runtime::prelude::*;
use workflow_runtime::store::{Filter, Memory, Store};
use workflow_runtime::{Engine, Status};

struct Reminder;

#[workflow(start = rest, timeout = "30d")]
impl Reminder {
    #[wait("7d", next = remind)]
    fn rest(whom: String);

    #[task(timeout = "1m", end)]
    async fn remind(&self, whom: String) -> String {
        whom
    }
}

const DAY: Duration = Duration::from_secs(86_400);

async fn engine(memory: &Memory) -> Engine {
    Engine::builder().workflow(Reminder).store(memory.clone()).start().await.expect("the store can be read")
}

/// A store with three executions that wait, and nobody who has them.
async fn waiting() -> Memory {
    let memory = Memory::new();
    let engine = engine(&memory).await;
    for whom in ["Ada", "Bob", "Eve"] {
        engine.start::<Reminder>(whom.to_owned()).await.expect("it starts");
    }
    tokio::time::sleep(DAY).await;
    engine.shutdown(Duration::ZERO).await;
    memory
}

fn statuses(memory: &Memory) -> Vec<Status> {
    let all = memory.list(&Filter::default()).expect("it can be read");
    all.into_iter().map(|execution| execution.status).collect()
}

#[tokio::test(start_paused = true)]
async fn those_in_the_store_are_waited_for() {
    let begun = Instant::now();
    let memory = waiting().await;
    let engine = engine(&memory).await;
    engine.all_ended().await;
    assert_eq!(statuses(&memory), [Status::Succeeded; 3]);
    let took = begun.elapsed();
    assert!(took >= 7 * DAY && took < 7 * DAY + Duration::from_secs(60), "{took:?}");
    // There is nothing to wait for any more.
    timeout(Duration::ZERO, engine.all_ended()).await.expect("all have ended");
}

#[tokio::test(start_paused = true)]
async fn those_that_cannot_go_on_are_not() {
    let memory = waiting().await;
    let engine = Engine::builder().store(memory.clone()).start().await.expect("the store can be read");
    timeout(DAY, engine.all_ended()).await.expect("nothing can go on");
    assert_eq!((engine.stranded().len(), statuses(&memory)), (3, vec![Status::Running; 3]));
}

#[tokio::test(start_paused = true)]
async fn a_shutdown_ends_the_waiting() {
    let memory = waiting().await;
    let engine = engine(&memory).await;
    let waits = tokio::spawn({
        let engine = engine.clone();
        async move { engine.all_ended().await }
    });
    tokio::time::sleep(DAY).await;
    assert!(!waits.is_finished());
    engine.shutdown(Duration::ZERO).await;
    timeout(Duration::from_secs(1), waits).await.expect("it ends").expect("it does not panic");
    assert_eq!(statuses(&memory), [Status::Running; 3]);
}

#[tokio::test(start_paused = true)]
async fn those_that_are_cancelled_are_not_waited_for_any_longer() {
    let memory = waiting().await;
    let stored = memory.list(&Filter::default()).expect("it can be read");
    let engine = engine(&memory).await;
    let waits = tokio::spawn({
        let engine = engine.clone();
        async move { engine.all_ended().await }
    });
    tokio::time::sleep(DAY).await;
    for execution in stored {
        let again = engine.start_named::<Reminder>(&execution.name, execution.input.trim_matches('"').to_owned());
        assert!(again.await.expect("it is known").cancel());
    }
    timeout(Duration::from_secs(1), waits).await.expect("it ends").expect("it does not panic");
    assert_eq!(statuses(&memory), [Status::Aborted; 3]);
}
