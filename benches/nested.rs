//! A parent that starts 1,000 nested executions at once and joins them, against plain tokio tasks that do the same, in one run.
//!
//! Each child is a task that gives way once, as one does that waits for a service, and then succeeds. `tokio` spawns 1,000 tasks and
//! joins them; `run` is a map over nested executions by `Workflow::run`, within one future; `engine` is the same by an `Engine`, with a
//! history for each execution; `branches` is a map whose items are a part of the parent. All of them on two threads.
//!
//! `cargo bench --bench nested` prints the time for all 1,000 together.

#![allow(missing_docs, reason = "criterion's macros generate undocumented items")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;
use workflow_runtime::prelude::*;

/// Children of one parent.
const CHILDREN: u32 = 1_000;

struct Child;

#[workflow(start = work, timeout = "1m")]
impl Child {
    #[task(timeout = "10s", end)]
    async fn work(&self, number: u32) -> u32 {
        tokio::task::yield_now().await;
        number + 1
    }
}

struct Parent {
    child: Child,
}

#[workflow(start = all, timeout = "1h", output = u64)]
impl Parent {
    #[map(nested(self.child: Child), next = sum)]
    fn all(numbers: Vec<u32>);

    #[task(timeout = "10s", end)]
    async fn sum(&self, numbers: Vec<u32>) -> u64 {
        numbers.into_iter().map(u64::from).sum()
    }
}

struct Whole {
    child: Child,
}

#[workflow(start = all, timeout = "1h", output = u64)]
impl Whole {
    #[map(self.child: Child, next = sum)]
    fn all(numbers: Vec<u32>);

    #[task(timeout = "10s", end)]
    async fn sum(&self, numbers: Vec<u32>) -> u64 {
        numbers.into_iter().map(u64::from).sum()
    }
}

/// What the workflows do, by hand.
async fn by_hand(numbers: Vec<u32>) -> u64 {
    let mut children = JoinSet::new();
    for number in numbers {
        children.spawn(async move {
            tokio::task::yield_now().await;
            number + 1
        });
    }
    children.join_all().await.into_iter().map(u64::from).sum()
}

fn two_threads() -> Runtime {
    Builder::new_multi_thread().worker_threads(2).enable_time().build().expect("threads can be started")
}

/// Runs in a task of its own, as a future that is blocked on has a thread to itself.
fn spawned<F>(runtime: &Runtime, future: F) -> F::Output
where
    F: Future<Output: Send> + Send + 'static,
{
    runtime.block_on(async { tokio::spawn(future).await.expect("it does not panic") })
}

fn nested(criterion: &mut Criterion) {
    let runtime = two_threads();
    let numbers = || (0..CHILDREN).collect::<Vec<_>>();
    let expected = u64::from(CHILDREN) * u64::from(CHILDREN + 1) / 2;
    let mut group = criterion.benchmark_group("nested");
    group.bench_function("tokio", |bencher| {
        bencher.iter(|| assert_eq!(spawned(&runtime, by_hand(black_box(numbers()))), expected));
    });
    group.bench_function("run", |bencher| {
        bencher.iter(|| {
            let run = async { Parent { child: Child }.run(black_box((0..CHILDREN).collect())).await };
            assert_eq!(spawned(&runtime, run), Ok(expected));
        });
    });
    group.bench_function("branches", |bencher| {
        bencher.iter(|| {
            let run = async { Whole { child: Child }.run(black_box((0..CHILDREN).collect())).await };
            assert_eq!(spawned(&runtime, run), Ok(expected));
        });
    });
    let engine = runtime.block_on(Engine::builder().workflow(Parent { child: Child }).start());
    let engine = engine.expect("there is one workflow");
    group.bench_function("engine", |bencher| {
        bencher.iter(|| {
            let engine = engine.clone();
            let run = async move {
                let parent = engine.start::<Parent>(black_box((0..CHILDREN).collect())).await;
                parent.expect("the workflow is known").output().await
            };
            assert_eq!(spawned(&runtime, run), Ok(expected));
        });
    });
    group.finish();
}

criterion_group!(benches, nested);
criterion_main!(benches);
