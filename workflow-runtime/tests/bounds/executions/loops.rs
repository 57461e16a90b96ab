//! Workflows that go round.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

use super::measure::{Taken, most_of};
use super::script::{Broken, Script, fails, says};

/// Round and round, until the service is ready or the time is up.
struct Asked(Script);

#[workflow(start = ask, timeout = "2m 1s")]
impl Asked {
    #[task(timeout = "5s", next = decide)]
    async fn ask(&self, number: u32) -> Result<bool, Broken> {
        let _ = number;
        self.0.act(5).await
    }

    #[choice]
    fn decide(is_ready: bool) -> Next<Self> {
        if is_ready { done(is_ready) } else { rest(3) }
    }

    #[wait("10s", next = ask)]
    fn rest(number: u32);

    #[succeed]
    fn done(is_ready: bool);
}

#[tokio::test(start_paused = true)]
async fn a_loop_within_a_timeout() {
    // Ready behind the twelfth wait, or never.
    let ready = [&[says(0, false); 12][..], &[says(0, true)]].concat();
    let (most, bound) = most_of(Asked, &[&ready, &[says(0, false)]]).await;
    assert_eq!(bound.time, Duration::from_secs(121));
    assert_eq!(most, bound);
}

#[derive(Clone, Serialize, Deserialize, Data)]
struct Pending {
    number: u32,
    polls: u32,
}

struct Counted(Script);

#[workflow(start = begin)]
impl Counted {
    #[pass(next = ask)]
    fn begin(number: u32) -> Pending {
        Pending { number, polls: 0 }
    }

    #[task(timeout = "5s", next = |is_ready, pending| decide((is_ready, pending)))]
    #[retry(States::All, interval = "1s", max_attempts = 2, backoff_rate = 2.0)]
    async fn ask(&self, pending: Pending) -> Result<bool, Broken> {
        let _ = pending;
        self.0.act(5).await
    }

    #[choice]
    fn decide(answer: (bool, Pending)) -> Next<Self> {
        match answer {
            (false, pending) if pending.polls < 4 => rest(Pending { number: pending.number, polls: pending.polls + 1 }),
            (_, pending) => done(pending.polls),
        }
    }

    #[wait("10s", next = ask)]
    fn rest(pending: Pending);

    #[succeed]
    fn done(polls: u32);
}

#[tokio::test(start_paused = true)]
async fn a_loop_that_counts() {
    let turn = [fails(5_000), fails(5_000), says(5_000, false)];
    let (most, bound) = most_of(Counted, &[&turn.repeat(5)]).await;
    assert_eq!(bound.time, Duration::from_secs(5 * 18 + 4 * 10));
    assert_eq!(most, bound);
}

#[derive(Default, Serialize, Deserialize, Data)]
struct Progress {
    rounds: u32,
}

struct Varied(Script);

#[workflow(start = ask, timeout = "1d", variables = Progress)]
impl Varied {
    #[task(timeout = "5s", next = decide)]
    #[assign(rounds = vars.rounds + 1)]
    #[catch(States::All => |_failure| decide(false), assign(rounds = vars.rounds + 2))]
    async fn ask(&self, number: u32) -> Result<bool, Broken> {
        let _ = number;
        self.0.act(5).await
    }

    #[choice]
    fn decide(is_ready: bool) -> Next<Self> {
        if is_ready || vars.rounds > 6 { done(is_ready) } else { rest(3) }
    }

    #[wait("10s", next = ask)]
    fn rest(number: u32);

    #[succeed]
    fn done(is_ready: bool);
}

#[tokio::test(start_paused = true)]
async fn a_loop_that_counts_in_a_variable() {
    let (most, bound) = most_of(Varied, &[&[says(5_000, false)]]).await;
    assert_eq!(bound.time, Duration::from_secs(7 * 5 + 6 * 10));
    // Where an expression fails, the catcher takes that too, and it has an event. None does: no variable overflows here.
    assert_eq!(Taken { events: most.events + 7, ..most }, bound);
}

struct Polled(Script);

#[workflow(start = ask, timeout = "1h")]
impl Polled {
    #[poll(every = "10s", deadline = "1m", timeout = "5s", next = done, on_deadline = late)]
    async fn ask(&self, number: u32) -> Result<Poll<u32>, Broken> {
        let is_ready = self.0.act(5).await?;
        Ok(if is_ready { Poll::Ready(number) } else { Poll::Pending })
    }

    #[fail(error = "Late")]
    fn late(number: u32);

    #[succeed]
    fn done(number: u32);
}

#[tokio::test(start_paused = true)]
async fn a_poll() {
    let [full, almost] = [5_000, 4_999].map(|millis| says(millis, false));
    let just_in_time = [full, almost, says(0, false), says(0, false), says(0, false), says(5_000, true)];
    let (most, bound) =
        most_of(Polled, &[&[says(0, false), says(0, false)], &just_in_time, &[says(0, false); 5]]).await;
    assert_eq!(bound.time, Duration::from_secs(65));
    // The last attempt begins before the deadline, and times are whole milliseconds.
    assert_eq!(most.time, bound.time - Duration::from_millis(1));
    assert_eq!(Taken { time: bound.time, ..most }, bound);
}
