//! Activities: their queues, their workers, and what becomes of a task that is taken, or is not.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::sync::{Notify, mpsc};
use tokio::time::Instant;
use workflow_runtime::prelude::*;
use workflow_runtime::{Status, TokenError};

use crate::{engine, types};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
struct Image {
    name: String,
    width: u32,
}

#[derive(Debug, thiserror::Error, TaskError)]
enum ResizeError {
    #[error("no space is left")]
    Full,
    #[error("`{0}` is no image")]
    Unreadable(String),
}

struct Gallery;

#[workflow(start = resize, timeout = "2h")]
impl Gallery {
    #[task(activity, timeout = "10m", heartbeat = "1m", end)]
    #[retry(ResizeError::Full | States::Timeout, interval = "1s", max_attempts = 1)]
    #[catch(ResizeError::Unreadable => |failure, image| lost(format!("{}: {}", image.name, failure.message())))]
    fn resize(image: Image) -> Result<Image, ResizeError>;

    #[fail(error = "Lost")]
    fn lost(why: String) -> String {
        why
    }
}

fn image(name: &str) -> Image {
    Image { name: name.to_owned(), width: 800 }
}

async fn half(image: Image, _cx: ActivityContext) -> Image {
    Image { width: image.width / 2, ..image }
}

#[tokio::test(start_paused = true)]
async fn a_worker_runs_it() {
    let engine = engine(Gallery).await;
    let execution = engine.start::<Gallery>(image("tree")).await.expect("the engine has it");
    tokio::spawn(ActivityWorker::new(&engine, "Resize").run(half));
    assert_eq!(execution.output().await.map(|image| image.width), Ok(400));
    assert_eq!(engine.waiting_tasks(), 0);
}

#[tokio::test(start_paused = true)]
async fn errors_are_retried_and_caught() {
    let engine = engine(Gallery).await;
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = calls.clone();
    let worker = ActivityWorker::new(&engine, "Resize").run(move |image: Image, _cx| {
        let first = counted.fetch_add(1, Ordering::Relaxed) == 0;
        async move { if first { Err(ResizeError::Full) } else { Err::<Image, _>(ResizeError::Unreadable(image.name)) } }
    });
    tokio::spawn(worker);
    let execution = engine.start::<Gallery>(image("tree")).await.expect("the engine has it");
    let error = execution.output().await.expect_err("it is no image");
    assert_eq!(error.to_string(), "the execution failed with Lost: tree: `tree` is no image");
    assert_eq!(calls.load(Ordering::Relaxed), 2);
}

#[tokio::test(start_paused = true)]
async fn a_task_that_nobody_takes_waits_as_long_as_its_execution_may() {
    let engine = engine(Gallery).await;
    let begun = Instant::now();
    let execution = engine.start::<Gallery>(image("tree")).await.expect("the engine has it");
    assert_eq!(execution.output().await, Err(ExecutionError::TimedOut));
    assert_eq!(begun.elapsed(), Duration::from_secs(2 * 3_600));
    let expected = ["ExecutionStarted", "TaskStateEntered", "ActivityScheduled", "ExecutionTimedOut"];
    assert_eq!(types(&execution.history()), expected);
    assert_eq!(engine.waiting_tasks(), 0);

    // It is gone from the queue as well.
    let next = engine.start::<Gallery>(image("bush")).await.expect("the engine has it");
    let task = engine.activity_task("Resize").await;
    assert_eq!(task.input::<Image>().expect("it is one").name, "bush");
    engine.complete_json(task.token(), task.input_json()).await.expect("it waits");
    assert!(next.output().await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn the_clock_runs_from_when_a_worker_takes_it() {
    let engine = engine(Gallery).await;
    let execution = engine.start::<Gallery>(image("tree")).await.expect("the engine has it");
    tokio::time::sleep(Duration::from_secs(3_600)).await;
    let task = engine.activity_task("Resize").await;
    let taken = Instant::now();
    // Silent for a minute, then tried again, and then it is alive until it takes too long.
    let again = engine.activity_task("Resize").await;
    assert_eq!(taken.elapsed(), Duration::from_secs(61));
    assert!(matches!(engine.complete_json(task.token(), task.input_json()).await, Err(TokenError::TaskTimedOut)));
    while engine.heartbeat(again.token()).await.is_ok() {
        tokio::time::sleep(Duration::from_secs(55)).await;
    }
    assert_eq!(taken.elapsed(), Duration::from_secs(61 + 605));
    assert_eq!(execution.output().await, Err(ExecutionError::Failed(Failure::new("States.Timeout", ""))));
}

#[tokio::test(start_paused = true)]
async fn a_panic_fails_its_task_only() {
    let engine = engine(Gallery).await;
    let worker = ActivityWorker::new(&engine, "Resize").run(|image: Image, cx| async move {
        assert_ne!(image.name, "bomb", "do not open");
        half(image, cx).await
    });
    tokio::spawn(worker);
    let bomb = engine.start::<Gallery>(image("bomb")).await.expect("the engine has it");
    let error = bomb.output().await.expect_err("it panics");
    assert!(error.to_string().starts_with("the execution failed with Panic: assertion"), "{error}");
    let tree = engine.start::<Gallery>(image("tree")).await.expect("the engine has it");
    assert!(tree.output().await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn a_worker_of_other_types_fails_the_task() {
    let engine = engine(Gallery).await;
    tokio::spawn(ActivityWorker::new(&engine, "Resize").run(|number: u32, _cx| async move { number }));
    let execution = engine.start::<Gallery>(image("tree")).await.expect("the engine has it");
    let error = execution.output().await.expect_err("it is no number").to_string();
    assert!(error.starts_with("the execution failed with InvalidInput: the worker takes something else: "), "{error}");

    let engine = crate::engine(Gallery).await;
    tokio::spawn(ActivityWorker::new(&engine, "Resize").run(|image: Image, _cx| async move { image.name }));
    let execution = engine.start::<Gallery>(image("tree")).await.expect("the engine has it");
    let error = execution.output().await.expect_err("a name is no image").to_string();
    let expected = "the execution failed with InvalidOutput: the worker gives something else than the state declares: ";
    assert!(error.starts_with(expected), "{error}");
}

#[tokio::test(start_paused = true)]
async fn as_many_at_once_as_it_may() {
    let engine = engine(Gallery).await;
    let (running, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (now, peak) = (running.clone(), most.clone());
    let worker = ActivityWorker::new(&engine, "Resize").concurrency(4).run(move |image: Image, cx| {
        let (now, peak) = (now.clone(), peak.clone());
        async move {
            peak.fetch_max(now.fetch_add(1, Ordering::Relaxed) + 1, Ordering::Relaxed);
            tokio::time::sleep(Duration::from_secs(1)).await;
            now.fetch_sub(1, Ordering::Relaxed);
            half(image, cx).await
        }
    });
    tokio::spawn(worker);
    let begun = Instant::now();
    let mut executions = Vec::new();
    for _ in 0..10 {
        executions.push(engine.start::<Gallery>(image("tree")).await.expect("the engine has it"));
    }
    for execution in executions {
        assert!(execution.output().await.is_ok());
    }
    assert_eq!((most.load(Ordering::Relaxed), begun.elapsed()), (4, Duration::from_secs(3)));
}

#[tokio::test(start_paused = true)]
async fn a_worker_that_is_told_to_stop_finishes_what_it_has() {
    let engine = engine(Gallery).await;
    let stop = Arc::new(Notify::new());
    let (told, stopped) = (stop.clone(), mpsc::unbounded_channel::<()>());
    let (alive, mut ended) = stopped;
    let worker = ActivityWorker::new(&engine, "Resize").run_until(
        async move { told.notified().await },
        move |image: Image, cx| {
            let _alive = &alive;
            async move {
                tokio::time::sleep(Duration::from_secs(30)).await;
                half(image, cx).await
            }
        },
    );
    let worker = tokio::spawn(worker);
    let first = engine.start::<Gallery>(image("tree")).await.expect("the engine has it");
    tokio::time::sleep(Duration::from_secs(1)).await;
    stop.notify_one();
    let second = engine.start::<Gallery>(image("bush")).await.expect("the engine has it");
    worker.await.expect("the worker does not panic");
    assert_eq!(ended.recv().await, None);
    assert_eq!(first.output().await.map(|image| image.width), Ok(400));
    assert_eq!(second.status(), Status::Running);
}

#[tokio::test(start_paused = true)]
async fn a_worker_ends_with_its_engine() {
    let engine = engine(Gallery).await;
    let worker = tokio::spawn(ActivityWorker::new(&engine, "Resize").run(half));
    let execution = engine.start::<Gallery>(image("tree")).await.expect("the engine has it");
    drop(engine);
    assert!(execution.output().await.is_ok());
    worker.await.expect("the worker does not panic");
}

#[tokio::test]
async fn no_worker_hears_of_it_without_an_engine() {
    let error = Gallery.run(image("tree")).await.expect_err("nobody could take it");
    assert!(error.to_string().starts_with("the execution failed with States.Runtime: `Resize` waits for"), "{error}");
}
