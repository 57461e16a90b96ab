//! Workflows without loops.

use std::time::Duration;

use workflow_runtime::prelude::*;

use super::measure::{Taken, most_of};
use super::script::{Broken, Script, fails, says};

struct Line(Script);

#[workflow(start = ask, timeout = "1h")]
impl Line {
    #[task(timeout = "5s", next = rest)]
    async fn ask(&self, number: u32) -> Result<bool, Broken> {
        let _ = number;
        self.0.act(5).await
    }

    #[wait("10s", next = shape)]
    fn rest(is_ready: bool);

    #[pass(next = done)]
    fn shape(is_ready: bool) -> bool {
        !is_ready
    }

    #[succeed]
    fn done(is_ready: bool);
}

#[tokio::test(start_paused = true)]
async fn a_line_of_states() {
    let (most, bound) = most_of(Line, &[&[says(5_000, true)]]).await;
    assert_eq!(most, bound);
}

struct Ways(Script);

#[workflow(start = ask, timeout = "1h")]
impl Ways {
    #[task(timeout = "5s", next = decide)]
    #[catch(States::Timeout => |_failure| late())]
    #[catch(States::All => |failure| broken(failure.error))]
    async fn ask(&self, number: u32) -> Result<bool, Broken> {
        let _ = number;
        self.0.act(5).await
    }

    #[choice]
    fn decide(is_ready: bool) -> Next<Self> {
        if is_ready { done(is_ready) } else { late() }
    }

    #[wait("1m", next = again)]
    fn late();

    #[task(timeout = "20s", next = done)]
    async fn again(&self) -> Result<bool, Broken> {
        self.0.act(20).await
    }

    #[fail(error = "Broken")]
    fn broken(error: String) -> String {
        error
    }

    #[succeed]
    fn done(is_ready: bool);
}

#[tokio::test(start_paused = true)]
async fn ways_of_different_length() {
    let (most, bound) = most_of(Ways, &[&[says(5_000, false), says(20_000, true)]]).await;
    assert_eq!(most, bound);
}

struct Retried(Script);

#[workflow(start = ask, timeout = "1h")]
impl Retried {
    #[task(timeout = "4s", next = done)]
    #[retry(States::TaskFailed, interval = "1s", max_attempts = 3, backoff_rate = 2.0)]
    #[retry(States::Timeout, interval = "2s", max_attempts = 2, backoff_rate = 3.0, max_delay = "5s")]
    async fn ask(&self, number: u32) -> Result<bool, Broken> {
        let _ = number;
        self.0.act(4).await
    }

    #[succeed]
    fn done(is_ready: bool);
}

#[tokio::test(start_paused = true)]
async fn retriers_that_count_their_own() {
    let worst = [fails(4_000), says(5_000, true), fails(4_000), says(5_000, true), fails(4_000), says(4_000, true)];
    let (most, bound) = most_of(Retried, &[&worst]).await;
    // Six attempts of 4s, and the delays.
    assert_eq!(bound.time, Duration::from_secs(6 * 4 + 1 + 2 + 4 + 2 + 5));
    assert_eq!(most, bound);
}

/// The timeout ends it before its retriers are done.
struct CutShort(Script);

#[workflow(start = ask, timeout = "10s")]
impl CutShort {
    #[task(timeout = "4s", end)]
    #[retry(States::All, interval = "1s", max_attempts = 3, backoff_rate = 1.0)]
    #[allow_finding(W0312)]
    async fn ask(&self, number: u32) -> Result<bool, Broken> {
        let _ = number;
        self.0.act(4).await
    }
}

#[tokio::test(start_paused = true)]
async fn a_timeout_that_cuts_retries_short() {
    let (most, bound) = most_of(CutShort, &[&[fails(4_000)], &[fails(0), fails(0), fails(0), says(0, true)]]).await;
    assert_eq!(bound.time, Duration::from_secs(10));
    assert_eq!(most, bound);
}

struct Jittered(Script);

#[workflow(start = ask, timeout = "1h")]
impl Jittered {
    #[task(timeout = "4s", end)]
    #[retry(States::All, interval = "8s", max_attempts = 2, jitter = full)]
    async fn ask(&self, number: u32) -> Result<bool, Broken> {
        let _ = number;
        self.0.act(4).await
    }
}

#[tokio::test(start_paused = true)]
async fn delays_that_are_spread() {
    let (most, bound) = most_of(Jittered, &[&[fails(4_000), fails(4_000), says(4_000, true)]]).await;
    // Chance would have to draw the whole of each delay to reach the longest time.
    assert!(most.time > Duration::from_secs(12) && most.time <= bound.time, "{most:?} {bound:?}");
    assert_eq!(Taken { time: bound.time, ..most }, bound);
}
