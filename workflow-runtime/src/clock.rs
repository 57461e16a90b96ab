//! Time: tokio's clock, so that a paused clock in a test pauses every workflow, and the calendar time that goes with it.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::{Duration, SystemTime};

use tokio::task::coop::unconstrained;
use tokio::time::{Instant, sleep_until};

/// A moment on both clocks. Later moments are told by tokio's clock alone, so that under a paused clock the calendar
/// in a history advances as the workflow believes it does.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Epoch {
    instant: Instant,
    calendar: SystemTime,
}

impl Epoch {
    pub(crate) fn now() -> Self {
        Epoch { instant: Instant::now(), calendar: SystemTime::now() }
    }

    /// The calendar time now.
    pub(crate) fn calendar(&self) -> SystemTime {
        self.calendar + self.instant.elapsed()
    }
}

/// The moment that is so far ahead. One that is out of the clock's reach is as far as tokio's own timers go.
pub(crate) fn after(duration: Duration) -> Instant {
    let now = Instant::now();
    now.checked_add(duration).unwrap_or_else(|| now + Duration::from_secs(86_400 * 365 * 30))
}

/// Sleeps, unless there is nothing to sleep for: tokio would round that up to a millisecond.
pub(crate) async fn sleep(duration: Duration) {
    if !duration.is_zero() {
        tokio::time::sleep(duration).await;
    }
}

/// The end of a time that begins now. One that is out of the clock's reach never comes.
pub(crate) fn deadline(limit: Option<Duration>) -> Option<Instant> {
    limit.and_then(|limit| Instant::now().checked_add(limit))
}

/// The output of a future, or `None` when it takes longer than the limit.
pub(crate) async fn within<F: Future>(limit: Option<Duration>, future: Pin<&mut F>) -> Option<F::Output> {
    until(deadline(limit), future).await
}

/// The output of a future, or `None` when it is not there at the deadline.
///
/// Unlike tokio's own `timeout_at` it makes its timer when the future first has to wait, which most steps of a workflow never do.
pub(crate) async fn until<F: Future>(deadline: Option<Instant>, mut future: Pin<&mut F>) -> Option<F::Output> {
    let mut timer = pin!(None);
    poll_fn(|context| {
        if let Poll::Ready(output) = future.as_mut().poll(context) {
            return Poll::Ready(Some(output));
        }
        let Some(deadline) = deadline else { return Poll::Pending };
        if timer.is_none() {
            // A future that has used up its task's budget is late all the same.
            timer.set(Some(unconstrained(sleep_until(deadline))));
        }
        timer.as_mut().as_pin_mut().map_or(Poll::Pending, |timer| timer.poll(context).map(|()| None))
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_limit_is_met_to_the_millisecond() {
        let begun = Instant::now();
        let limit = Some(Duration::from_millis(1_500));
        assert_eq!(within(limit, pin!(tokio::time::sleep(Duration::from_millis(1_500)))).await, Some(()));
        assert_eq!(within(limit, pin!(std::future::pending::<()>())).await, None);
        assert_eq!(begun.elapsed(), Duration::from_secs(3));
        assert_eq!(within(Some(Duration::MAX), pin!(std::future::ready(1))).await, Some(1));
    }
}
