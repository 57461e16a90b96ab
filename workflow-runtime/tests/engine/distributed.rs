//! Distributed maps: what they tolerate, what they cancel, what they are told.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::time::{Instant, sleep};
use workflow_runtime::prelude::*;
use workflow_runtime::{ExecutionError, ItemResult, S3Object, Status};

#[derive(Debug, thiserror::Error, TaskError)]
enum ResizeError {
    #[error("{0} is odd")]
    Odd(u32),
}

/// Takes a second for each item, and fails for odd ones.
#[derive(Default)]
struct Resize {
    running: Arc<AtomicUsize>,
    most: Arc<AtomicUsize>,
}

#[workflow(start = resize, timeout = "1h")]
impl Resize {
    #[task(timeout = "30m", end)]
    async fn resize(&self, number: u32) -> Result<u32, ResizeError> {
        let running = self.running.fetch_add(1, Ordering::Relaxed) + 1;
        self.most.fetch_max(running, Ordering::Relaxed);
        sleep(Duration::from_secs(u64::from(number))).await;
        self.running.fetch_sub(1, Ordering::Relaxed);
        if number % 2 == 1 { Err(ResizeError::Odd(number)) } else { Ok(number * 10) }
    }
}

/// How an item ended, in a few words.
#[derive(Debug, PartialEq, Serialize, Deserialize, Data)]
struct Summary {
    resized: Vec<u32>,
    errors: Vec<String>,
}

macro_rules! gallery {
    ($name:ident, $($options:tt)*) => {
        #[derive(Default)]
        struct $name {
            resize: Resize,
        }

        #[workflow(start = all, timeout = "2h")]
        impl $name {
            #[map(self.resize: Resize, distributed, $($options)* next = summary)]
            fn all(numbers: Vec<u32>);

            #[pass(end)]
            fn summary(results: Vec<ItemResult<u32>>) -> Summary {
                Summary {
                    resized: results
                        .iter()
                        .filter_map(|result| match result {
                            ItemResult::Succeeded(size) => Some(*size),
                            ItemResult::Failed(_) => None,
                        })
                        .collect(),
                    errors: results
                        .iter()
                        .filter_map(|result| match result {
                            ItemResult::Failed(failed) => failed.error.clone(),
                            ItemResult::Succeeded(_) => None,
                        })
                        .collect(),
                }
            }
        }
    };
}

gallery!(ByCount, tolerated_failure_count = 2,);
gallery!(ByPercentage, tolerated_failure_percentage = 50.0, max_concurrency = 2,);

fn exceeded() -> ExecutionError {
    let cause = "The specified tolerated failure threshold was exceeded";
    ExecutionError::Failed(Failure::new("States.ExceedToleratedFailureThreshold", cause))
}

fn summary(resized: &[u32], errors: usize) -> Result<Summary, ExecutionError> {
    Ok(Summary { resized: resized.to_vec(), errors: vec!["ResizeError.Odd".to_owned(); errors] })
}

#[tokio::test(start_paused = true)]
async fn as_many_may_fail_as_are_tolerated() {
    assert_eq!(ByCount::default().run(vec![1, 2, 3, 4]).await, summary(&[20, 40], 2));
    assert_eq!(ByCount::default().run(vec![1, 2, 3, 5]).await, Err(exceeded()));
    assert_eq!(ByCount::default().run(vec![]).await, summary(&[], 0));
    assert_eq!(ByPercentage::default().run(vec![1, 2]).await, summary(&[20], 1));
    assert_eq!(ByPercentage::default().run(vec![1, 2, 3]).await, Err(exceeded()));
}

#[tokio::test(start_paused = true)]
async fn no_more_at_once_than_is_said() {
    let (begun, gallery) = (Instant::now(), ByPercentage::default());
    let most = gallery.resize.most.clone();
    assert_eq!(gallery.run(vec![4; 6]).await, summary(&[40; 6], 0));
    assert_eq!((most.load(Ordering::Relaxed), begun.elapsed()), (2, Duration::from_secs(12)));
}

struct Strict {
    resize: Resize,
}

#[workflow(start = all, timeout = "2h")]
impl Strict {
    #[map(self.resize: Resize, distributed, item_selector = |number, _, index| number + index as u32, end)]
    #[retry(States::All, interval = "1s", max_attempts = 1)]
    fn all(numbers: Vec<u32>);
}

/// The first failure ends the run, and with it what is under way; a second run does the same.
#[tokio::test(start_paused = true)]
async fn the_first_failure_cancels_the_others() {
    let engine = Engine::builder().workflow(Strict { resize: Resize::default() }).start().await.unwrap();
    let begun = Instant::now();
    let execution = engine.start::<Strict>(vec![1, 9, 100]).await.unwrap();
    assert_eq!(execution.output().await, Err(exceeded()));
    assert_eq!(begun.elapsed(), Duration::from_secs(3), "one second, another one before the retry, and one more");
    let statuses = engine.executions().into_iter().skip(1).map(|item| (item.parent().cloned(), item.status()));
    let parent = Some(execution.id().clone());
    let run = [Status::Failed, Status::Aborted, Status::Aborted].map(|status| (parent.clone(), status));
    assert_eq!(statuses.collect::<Vec<_>>(), [run.clone(), run].concat());
    let events: Vec<_> = execution.history().iter().map(|event| event.detail.event_type()).collect();
    let attempt = ["MapStateStarted", "MapRunStarted", "MapRunFailed"];
    let expected =
        [&["ExecutionStarted", "MapStateEntered"][..], &attempt, &attempt, &["MapStateFailed", "ExecutionFailed"]];
    assert_eq!(events, expected.concat());
}

struct FromFile {
    resize: Resize,
}

#[workflow(start = all, timeout = "2h")]
impl FromFile {
    #[map(self.resize: Resize, distributed, item_reader = json_lines, end)]
    #[catch(States::All => |failure| lost(failure.error))]
    fn all(object: S3Object);

    #[fail(error = "Lost")]
    fn lost(error: String) -> String {
        error
    }
}

#[tokio::test]
async fn without_files_nothing_is_read() {
    let object = S3Object { bucket: "images".to_owned(), key: "numbers.jsonl".to_owned() };
    let lost = ExecutionError::Failed(Failure::new("Lost", "States.ItemReaderFailed"));
    assert_eq!(FromFile { resize: Resize::default() }.run(object.clone()).await, Err(lost.clone()));
    let root = std::env::temp_dir().join(format!("no-such-file-{}", std::process::id()));
    let engine =
        Engine::builder().workflow(FromFile { resize: Resize::default() }).objects(root).start().await.unwrap();
    assert_eq!(engine.start::<FromFile>(object).await.unwrap().output().await, Err(lost));
}

/// The definition has all that the attribute says.
#[test]
fn the_definition() {
    let text = workflow_runtime::model::asl::write(&ByPercentage::definition()).unwrap();
    for part in [
        r#""Mode": "DISTRIBUTED""#,
        r#""ExecutionType": "STANDARD""#,
        r#""ToleratedFailurePercentage": 50"#,
        r#""MaxConcurrency": 2"#,
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    let text = workflow_runtime::model::asl::write(&FromFile::definition()).unwrap();
    assert!(text.contains(r#""Resource": "arn:aws:states:::s3:getObject""#), "{text}");
    assert!(text.contains(r#""InputType": "JSONL""#), "{text}");
}
