//! 100,000 executions that wait, as records of an engine and in a store, against as many plain tokio tasks that sleep.
//!
//! `cargo bench --bench parked` prints for each how many bytes one of them takes, everything counted (for an execution its entry in
//! the engine, its identity, its input, its history so far and its place in the order of waits), and how long it took until all
//! of them waited. Every number is of one run, on two threads.
//!
//! Those in a store are in nobody's memory but for what SQLite keeps of its file, which is counted as the growth of the process, and how
//! long an engine takes is printed that finds them there.

use std::alloc::System;
use std::fs;
use std::hint::black_box;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;
use workflow_runtime::prelude::*;
use workflow_runtime::store::Sqlite;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const COUNT: u32 = 100_000;

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
struct Job {
    number: u32,
    polls: u32,
}

impl Job {
    fn new(number: u32) -> Self {
        Job { number, polls: 0 }
    }
}

/// Waits at once.
struct Waits;

#[workflow(start = rest, timeout = "2h")]
impl Waits {
    #[wait("1h", end)]
    fn rest(job: Job);
}

/// Waits after a task, as for a result that is not there yet.
struct Submits;

#[workflow(start = submit, timeout = "2h")]
impl Submits {
    #[task(timeout = "10s", next = rest)]
    async fn submit(&self, job: Job) -> Job {
        black_box(job)
    }

    #[wait("1h", end)]
    fn rest(job: Job);
}

fn main() {
    println!("{COUNT} at once, {} bytes of them the data of each", size_of::<Job>());
    let runtime = runtime();
    measure("tokio tasks that sleep", &runtime, |runtime| {
        for number in 0..COUNT {
            let job = Job::new(number);
            runtime.spawn(async move {
                tokio::time::sleep(Duration::from_secs(3_600)).await;
                black_box(job);
            });
        }
    });
    drop(runtime);
    executions("executions in a wait", || Waits);
    executions("executions in a wait behind a task", || Submits);
    durable();
}

/// Leaves the executions to a store, and starts another engine on it.
fn durable() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("parked-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("the target folder can be written to");
    let path = folder.join("workflows.db");
    let start = |runtime: &Runtime| {
        let store = Sqlite::open(&path).expect("nobody else has it open");
        runtime.block_on(Engine::builder().store(store).workflow(Submits).start()).expect("the store is whole")
    };
    let runtime = runtime();
    let engine = start(&runtime);
    let before = resident();
    measure("executions in a store", &runtime, |runtime| runtime.block_on(start_all(&engine)));
    if let (Some(before), Some(after)) = (before, resident()) {
        println!("{:<36} {:>6} bytes each", "growth of the process", after.saturating_sub(before) / u64::from(COUNT));
    }
    drop(engine);
    drop(runtime);
    let runtime = self::runtime();
    let begun = Instant::now();
    let engine = start(&runtime);
    println!("{:<36} ready in {:>4} ms", "another engine on the store", begun.elapsed().as_millis());
    drop(engine);
    drop(runtime);
    // `cargo clean` takes what stays.
    let _ = fs::remove_dir_all(&folder);
}

/// Starts all executions, many at a time, and returns when they wait in the store.
async fn start_all(engine: &Engine) {
    const AT_ONCE: u32 = 1_000;
    let metrics = tokio::runtime::Handle::current().metrics();
    // Those of the engine itself, and the one that sleeps for all.
    let at_rest = metrics.num_alive_tasks() + 1;
    for first in (0..COUNT).step_by(AT_ONCE as usize) {
        let mut started = JoinSet::new();
        for number in first..first + AT_ONCE {
            let engine = engine.clone();
            started.spawn(async move { engine.start::<Submits>(Job::new(number)).await.map(drop) });
        }
        for started in started.join_all().await {
            started.expect("the engine has the workflow");
        }
    }
    while metrics.num_alive_tasks() > at_rest {
        tokio::task::yield_now().await;
    }
}

/// How many bytes the process has in memory, where the system says so.
fn resident() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(1_024 * line.trim().trim_end_matches(" kB").parse::<u64>().ok()?)
}

fn executions<W: Workflow<Input = Job>>(name: &str, workflow: impl Fn() -> W) {
    let runtime = runtime();
    let engine = Engine::builder().workflow(workflow()).start();
    let engine = runtime.block_on(engine).expect("there is one workflow");
    measure(name, &runtime, |runtime| {
        runtime.block_on(async {
            for number in 0..COUNT {
                engine.start::<W>(Job::new(number)).await.expect("the engine has the workflow");
            }
            // All wait when the one task is left that sleeps for them.
            while runtime.metrics().num_alive_tasks() > 1 {
                tokio::task::yield_now().await;
            }
        });
    });
}

/// Prints what `start` left behind, and how long it took.
fn measure(name: &str, runtime: &Runtime, start: impl FnOnce(&Runtime)) {
    let region = Region::new(ALLOCATOR);
    let begun = Instant::now();
    start(runtime);
    let took = begun.elapsed();
    // Tasks that were just spawned have their turn.
    std::thread::sleep(Duration::from_millis(500));
    let change = region.change();
    let bytes = change.bytes_allocated.saturating_sub(change.bytes_deallocated) / COUNT as usize;
    println!("{name:<36} {bytes:>6} bytes each, started in {:>4} ms", took.as_millis());
}

fn runtime() -> Runtime {
    Builder::new_multi_thread().worker_threads(2).enable_time().build().expect("a runtime can be built")
}
