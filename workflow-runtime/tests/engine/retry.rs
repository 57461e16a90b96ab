//! When a retrier tries again: to the millisecond.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::Duration;

use tokio::time::Instant;
use workflow_runtime::prelude::*;

#[derive(Clone, Copy, Debug, thiserror::Error, TaskError)]
enum ServiceError {
    #[error("too many requests")]
    Throttled,
    #[error("it broke")]
    Broken,
}

/// What the attempts end with, and when they began.
struct Script {
    begun: Instant,
    outcomes: Mutex<VecDeque<ServiceError>>,
    attempts: Mutex<Vec<u128>>,
}

impl Script {
    fn new(outcomes: impl IntoIterator<Item = ServiceError>) -> Self {
        Script {
            begun: Instant::now(),
            outcomes: Mutex::new(outcomes.into_iter().collect()),
            attempts: Mutex::default(),
        }
    }

    fn attempt(&self) -> Result<String, ServiceError> {
        self.attempts.lock().expect("no attempt panics").push(self.begun.elapsed().as_millis());
        match self.outcomes.lock().expect("no attempt panics").pop_front() {
            Some(error) => Err(error),
            None => Ok("answered".to_owned()),
        }
    }

    fn attempts(&self) -> Vec<u128> {
        self.attempts.lock().expect("no attempt panics").clone()
    }
}

struct Backoff(Script);

#[workflow(start = call, timeout = "1h")]
impl Backoff {
    #[task(timeout = "10s", end)]
    #[retry(ServiceError::Throttled, interval = "2s", max_attempts = 4, backoff_rate = 2.5, max_delay = "10s")]
    async fn call(&self, _request: String) -> Result<String, ServiceError> {
        self.0.attempt()
    }
}

#[tokio::test(start_paused = true)]
async fn waits_grow_by_the_rate_up_to_the_longest() {
    let workflow = Backoff(Script::new([ServiceError::Throttled; 9]));
    let cause = r#"{"errorType":"ServiceError.Throttled","errorMessage":"too many requests"}"#;
    let failure = Failure::new("ServiceError.Throttled", cause);
    assert_eq!(workflow.run("one".to_owned()).await, Err(ExecutionError::Failed(failure)));
    assert_eq!(workflow.0.attempts(), [0, 2_000, 7_000, 17_000, 27_000]);
}

#[tokio::test(start_paused = true)]
async fn another_error_is_not_retried() {
    let workflow = Backoff(Script::new([ServiceError::Throttled, ServiceError::Broken]));
    let error = workflow.run("one".to_owned()).await.expect_err("it broke");
    assert_eq!(error.failure().map(|failure| failure.error.as_str()), Some("ServiceError.Broken"));
    assert_eq!(workflow.0.attempts(), [0, 2_000]);
}

struct Defaults(Script);

#[workflow(start = call, timeout = "1h")]
impl Defaults {
    #[task(timeout = "10s", end)]
    #[retry(States::All)]
    async fn call(&self, _request: String) -> Result<String, ServiceError> {
        self.0.attempt()
    }
}

#[tokio::test(start_paused = true)]
async fn a_retrier_has_the_defaults_of_step_functions() {
    let workflow = Defaults(Script::new([ServiceError::Broken; 3]));
    assert_eq!(workflow.run("one".to_owned()).await, Ok("answered".to_owned()));
    assert_eq!(workflow.0.attempts(), [0, 1_000, 3_000, 7_000]);
}

struct Spread(Script);

#[workflow(start = call, timeout = "1h")]
impl Spread {
    #[task(timeout = "10s", end)]
    #[retry(States::All, interval = "10s", max_attempts = 20, backoff_rate = 1.0, jitter = full)]
    async fn call(&self, _request: String) -> Result<String, ServiceError> {
        self.0.attempt()
    }
}

#[tokio::test(start_paused = true)]
async fn jitter_spreads_the_waits_between_nothing_and_all() {
    let workflow = Spread(Script::new([ServiceError::Broken; 20]));
    assert_eq!(workflow.run("one".to_owned()).await, Ok("answered".to_owned()));
    let attempts = workflow.0.attempts();
    let waits: Vec<_> = attempts.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert_eq!(waits.len(), 20);
    // tokio rounds up to the next millisecond.
    assert!(waits.iter().all(|&wait| wait <= 10_001), "{waits:?}");
    // Twenty in one half by chance: once in half a million runs.
    assert!(waits.iter().any(|&wait| wait < 5_000) && waits.iter().any(|&wait| wait > 5_000), "{waits:?}");
}

struct TwoRetriers(Script);

#[workflow(start = call, timeout = "1h")]
impl TwoRetriers {
    #[task(timeout = "10s", end)]
    #[retry(ServiceError::Throttled, interval = "1s", max_attempts = 2, backoff_rate = 2.0)]
    #[retry(States::All, interval = "30s", max_attempts = 1)]
    async fn call(&self, _request: String) -> Result<String, ServiceError> {
        self.0.attempt()
    }
}

#[tokio::test(start_paused = true)]
async fn each_retrier_counts_its_own_attempts() {
    use ServiceError::{Broken, Throttled};
    let workflow = TwoRetriers(Script::new([Throttled, Broken, Throttled]));
    assert_eq!(workflow.run("one".to_owned()).await, Ok("answered".to_owned()));
    assert_eq!(workflow.0.attempts(), [0, 1_000, 31_000, 33_000]);
    // The first retrier has no attempt left, and no later one steps in for it.
    let workflow = TwoRetriers(Script::new([Throttled, Throttled, Throttled]));
    assert!(workflow.run("one".to_owned()).await.is_err());
    assert_eq!(workflow.0.attempts(), [0, 1_000, 3_000]);
}

#[tokio::test(start_paused = true)]
async fn every_visit_of_a_state_has_all_its_attempts() {
    let workflow = Defaults(Script::new([ServiceError::Broken; 3]));
    assert!(workflow.run("one".to_owned()).await.is_ok());
    workflow.0.outcomes.lock().expect("no attempt panics").extend([ServiceError::Broken; 3]);
    let begun = Instant::now();
    assert!(workflow.run("two".to_owned()).await.is_ok());
    assert_eq!(begun.elapsed(), Duration::from_secs(7));
}
