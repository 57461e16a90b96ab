//! `cargo test --example workflow_within_workflow`: the three ways side by side, under tokio's paused clock.

use std::time::Duration;

use tokio::time::{Instant, sleep};
use workflow_runtime::Status;

use super::*;

#[tokio::test(start_paused = true)]
async fn three_ways_to_start_a_workflow() {
    let begun = Instant::now();
    let engine = engine().await.unwrap();
    let execution = engine.start::<Main<ToEngine>>(()).await.unwrap();
    let done = execution.output().await.unwrap();
    let main = execution.id().arn();
    assert_eq!(done.from_the_end, format!("done for {main}"));
    assert_eq!(done.from_the_callback, format!("called {main} back"));
    assert_eq!(begun.elapsed(), Duration::from_secs(5), "nobody waits for what follows the callback");

    // The one that was left to itself has ended as well; the one that called back goes on.
    let nested: Vec<_> = engine.executions().into_iter().filter(|one| one.id() != execution.id()).collect();
    assert_eq!(nested.len(), 3);
    assert!(nested.iter().all(|nested| nested.parent() == Some(execution.id())));
    let count = |status| nested.iter().filter(|nested| nested.status() == status).count();
    assert_eq!((count(Status::Succeeded), count(Status::Running)), (2, 1));
    sleep(Duration::from_secs(6)).await;
    assert_eq!(count(Status::Succeeded), 3);
}
