//! Workflows that run others.

use std::time::Duration;

use workflow_runtime::prelude::*;

use super::measure::{Taken, most_of};
use super::script::{Broken, Script, fails, says};

/// What the others run.
struct Inner(Script);

#[workflow(start = ask, timeout = "1m")]
impl Inner {
    #[task(timeout = "5s", next = rest)]
    async fn ask(&self, number: u32) -> Result<bool, Broken> {
        let _ = number;
        self.0.act(5).await
    }

    #[wait("10s", next = done)]
    fn rest(is_ready: bool);

    #[succeed]
    fn done(is_ready: bool);
}

/// The same the other way round: it fails after all of its time.
struct Late(Script);

#[workflow(start = rest, timeout = "1m")]
impl Late {
    #[wait("10s", next = ask)]
    fn rest(number: u32);

    #[task(timeout = "5s", end)]
    async fn ask(&self, number: u32) -> Result<bool, Broken> {
        let _ = number;
        self.0.act(5).await
    }
}

struct Outer {
    late: Late,
}

#[workflow(start = run, timeout = "1h")]
impl Outer {
    #[nested(self.late: Late, next = done)]
    #[retry(States::TaskFailed, interval = "1s", max_attempts = 2, backoff_rate = 2.0)]
    fn run(number: u32);

    #[succeed]
    fn done(is_ready: bool);
}

#[tokio::test(start_paused = true)]
async fn a_nested_workflow() {
    let make = |script| Outer { late: Late(script) };
    let (most, bound) = most_of(make, &[&[fails(5_000), fails(5_000), says(5_000, true)]]).await;
    assert_eq!(bound.time, Duration::from_secs(3 * 15 + 1 + 2));
    assert_eq!(most, bound);
}

struct Side(Script);

#[workflow(start = ask, timeout = "1m")]
impl Side {
    #[task(timeout = "20s", end)]
    async fn ask(&self, number: u32) -> Result<bool, Broken> {
        let _ = number;
        self.0.act(20).await
    }
}

struct Fork {
    inner: Inner,
    side: Side,
}

#[workflow(start = both, timeout = "1h")]
impl Fork {
    #[parallel(branches(self.inner: Inner, self.side: Side), next = |both| done(both.0 && both.1))]
    #[catch(States::All => |_failure| rest(false))]
    fn both(number: u32);

    #[wait("10s", next = done)]
    fn rest(is_ready: bool);

    #[succeed]
    fn done(is_ready: bool);
}

#[tokio::test(start_paused = true)]
async fn branches() {
    let make = |script: Script| Fork { inner: Inner(script.clone()), side: Side(script) };
    let (most, bound) =
        most_of(make, &[&[says(5_000, true), says(20_000, true)], &[says(5_000, true), fails(20_000)]]).await;
    assert_eq!(bound.time, Duration::from_secs(30));
    // What both give makes the next one's input. Were that to fail, the catcher would take it, with an event more.
    assert_eq!(Taken { events: most.events + 1, ..most }, bound);
}

struct Each {
    inner: Inner,
}

#[workflow(start = each, timeout = "1h")]
impl Each {
    #[map(self.inner: Inner, max_concurrency = 2, next = |answers| done(answers.len()))]
    fn each(number: u32) -> Vec<u32> {
        vec![number, 2, 3, 4, 5]
    }

    #[succeed]
    fn done(count: usize);
}

#[tokio::test(start_paused = true)]
async fn items() {
    let make = |script| Each { inner: Inner(script) };
    let (most, bound) = most_of(make, &[&[says(5_000, true)]]).await;
    // Five items, two at once.
    assert_eq!(bound.time, Duration::from_secs(3 * 15));
    assert_eq!(most, bound);
}
