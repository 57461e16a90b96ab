//! How much happens at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::time::Instant;
use workflow_runtime::prelude::*;
use workflow_runtime::store::Memory;
use workflow_runtime::{EngineBuilder, StartError};

/// How many tasks run, and how many ever did at once.
#[derive(Clone, Default)]
struct Count(Arc<(AtomicUsize, AtomicUsize)>);

impl Count {
    async fn work(&self) {
        let running = self.0.0.fetch_add(1, Ordering::SeqCst) + 1;
        self.0.1.fetch_max(running, Ordering::SeqCst);
        tokio::time::sleep(Duration::from_secs(10)).await;
        self.0.0.fetch_sub(1, Ordering::SeqCst);
    }

    fn most(&self) -> usize {
        self.0.1.load(Ordering::SeqCst)
    }
}

#[derive(Clone)]
struct Worker(Count);

#[workflow(start = work, timeout = "10m")]
impl Worker {
    #[task(timeout = "11s", end)]
    async fn work(&self, number: u32) -> u32 {
        self.0.work().await;
        number
    }
}

#[derive(Clone)]
struct Other(Count);

#[workflow(start = work, timeout = "10m")]
impl Other {
    #[task(timeout = "11s", end)]
    async fn work(&self, number: u32) -> u32 {
        self.0.work().await;
        number
    }
}

struct Batch(Worker);

#[workflow(start = all, timeout = "10m")]
impl Batch {
    #[map(self.0: Worker, end)]
    fn all(items: Vec<u32>);
}

struct Rests;

#[workflow(start = rest, timeout = "1d")]
impl Rests {
    #[wait("2h", end)]
    fn rest(number: u32);
}

async fn engine(count: &Count, with: impl FnOnce(EngineBuilder) -> EngineBuilder) -> Engine {
    let builder = Engine::builder().workflow(Worker(count.clone())).workflow(Other(count.clone()));
    let builder = builder.workflow(Batch(Worker(count.clone()))).workflow(Rests);
    with(builder).start().await.expect("there are four workflows")
}

#[tokio::test(start_paused = true)]
async fn tasks_wait_their_turn_before_their_time_begins() {
    let count = Count::default();
    let engine = engine(&count, |builder| builder.max_tasks(2)).await;
    let begun = Instant::now();
    let mut executions = Vec::new();
    for number in 0..6 {
        executions.push(engine.start::<Worker>(number).await.expect("it starts"));
        tokio::task::yield_now().await;
    }
    for (number, execution) in (0..).zip(&executions) {
        assert_eq!(execution.output().await, Ok(number), "eleven seconds are enough for each");
        // First come, first served.
        assert_eq!(begun.elapsed().as_secs(), 10 * (u64::from(number) / 2 + 1));
    }
    assert_eq!(count.most(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_workflow_has_a_bound_of_its_own() {
    let (count, other) = (Count::default(), Count::default());
    let builder = Engine::builder().workflow(Worker(count.clone())).workflow(Other(other.clone()));
    let engine = builder.max_tasks(3).max_tasks_of::<Worker>(1).start().await.expect("there are two workflows");
    let begun = Instant::now();
    let mut workers = Vec::new();
    for number in 0..3 {
        workers.push(engine.start::<Worker>(number).await.expect("it starts"));
    }
    let others =
        [engine.start::<Other>(7).await.expect("it starts"), engine.start::<Other>(8).await.expect("it starts")];
    for other in others {
        other.output().await.expect("it succeeds");
    }
    assert_eq!(begun.elapsed().as_secs(), 10, "they do not stand behind workers that wait for each other");
    for worker in workers {
        worker.output().await.expect("it succeeds");
    }
    assert_eq!((begun.elapsed().as_secs(), count.most(), other.most()), (30, 1, 2));
}

#[tokio::test(start_paused = true)]
async fn tasks_of_branches_are_counted_with_their_execution() {
    let count = Count::default();
    let engine = engine(&count, |builder| builder.max_tasks_of::<Batch>(2).store(Memory::new())).await;
    let execution = engine.start::<Batch>((0..5).collect()).await.expect("it starts");
    assert_eq!(execution.output().await, Ok((0..5).collect()));
    assert_eq!(count.most(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_task_gives_its_room_back() {
    let count = Count::default();
    let engine = engine(&count, |builder| builder.max_tasks(1)).await;
    let first = engine.start::<Worker>(1).await.expect("it starts");
    let second = engine.start::<Worker>(2).await.expect("it starts");
    let third = engine.start::<Worker>(3).await.expect("it starts");
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert!(first.cancel() && second.cancel(), "one of them runs, the other one waits");
    assert_eq!(third.output().await, Ok(3));
}

#[tokio::test(start_paused = true)]
async fn a_start_waits_for_room() {
    let count = Count::default();
    let engine = engine(&count, |builder| builder.max_running(2)).await;
    let begun = Instant::now();
    for number in 0..2 {
        engine.start::<Worker>(number).await.expect("it starts");
    }
    assert_eq!(begun.elapsed().as_secs(), 0);
    let third = engine.start::<Worker>(2).await.expect("it starts");
    assert_eq!(begun.elapsed().as_secs(), 10);
    let refused = tokio::time::timeout(Duration::from_secs(1), engine.start_named::<Worker>("late", 3)).await;
    assert!(refused.is_ok(), "two have ended");
    let refused = tokio::time::timeout(Duration::from_secs(1), engine.start::<Worker>(4)).await;
    assert!(refused.is_err(), "two are under way");
    let waiting = tokio::spawn({
        let engine = engine.clone();
        async move { engine.start::<Worker>(5).await.map(drop) }
    });
    tokio::task::yield_now().await;
    engine.shutdown(Duration::from_secs(60)).await;
    assert!(matches!(waiting.await, Ok(Err(StartError::ShutDown))));
    assert_eq!(third.output().await, Ok(2));
    assert_eq!(count.most(), 2);
}

#[tokio::test(start_paused = true)]
async fn what_waits_in_the_store_takes_no_room() {
    let count = Count::default();
    let engine = engine(&count, |builder| builder.max_running(1).store(Memory::new())).await;
    let begun = Instant::now();
    let mut ids = Vec::new();
    for number in 0..3 {
        ids.push(engine.start::<Rests>(number).await.expect("it starts").id().clone());
    }
    assert_eq!(begun.elapsed().as_secs(), 0);
    for (number, id) in ids.iter().enumerate() {
        let execution = engine.execution(id).expect("it is there");
        assert_eq!(execution.output_json().await, Ok(number.to_string()));
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_found_in_the_store_is_taken_up_as_there_is_room() {
    let (store, count) = (Memory::new(), Count::default());
    {
        let engine = engine(&count, |builder| builder.store(store.clone())).await;
        for number in 0..6 {
            engine.start::<Worker>(number).await.expect("it starts");
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
        assert_eq!(engine.shutdown(Duration::ZERO).await, 6);
    }
    let again = Count::default();
    let engine = engine(&again, |builder| builder.store(store.clone()).max_running(2)).await;
    let begun = Instant::now();
    tokio::time::sleep(Duration::from_secs(31)).await;
    assert_eq!(again.most(), 2);
    let executions = engine.executions();
    assert_eq!(executions.len(), 6);
    for execution in executions {
        execution.output_json().await.expect("it succeeds");
    }
    assert_eq!(begun.elapsed().as_secs(), 31);
}
