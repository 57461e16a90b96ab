//! Time: tokio's clock, so that a paused clock in a test pauses every workflow, and the calendar time that goes with it.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::OnceLock;
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
        self.calendar_at(Instant::now())
    }

    /// The same one wherever it is asked for in this process. Engines that follow one another on a store have one calendar, also where a
    /// test has let days pass between them.
    pub(crate) fn of_process() -> Self {
        static EPOCH: OnceLock<Epoch> = OnceLock::new();
        *EPOCH.get_or_init(Epoch::now)
    }

    /// The moment of a calendar time. One that is out of the clock's reach is as far as tokio's own timers go, or now.
    pub(crate) fn instant(&self, time: SystemTime) -> Instant {
        match time.duration_since(self.calendar) {
            Ok(later) => self.instant.checked_add(later).unwrap_or_else(|| after(Duration::MAX)),
            Err(earlier) => self.instant.checked_sub(earlier.duration()).unwrap_or_else(Instant::now),
        }
    }

    /// The calendar time at some moment, before or after this one.
    pub(crate) fn calendar_at(&self, instant: Instant) -> SystemTime {
        match instant.checked_duration_since(self.instant) {
            Some(later) => self.calendar + later,
            None => self.calendar - self.instant.duration_since(instant),
        }
    }
}

/// A moment as Step Functions' context object has it: ISO 8601, in UTC, to the millisecond.
pub(crate) fn iso_8601(time: SystemTime) -> String {
    let elapsed = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let (days, second) = (elapsed.as_secs() / 86_400, elapsed.as_secs() % 86_400);
    let (year, month, day) = civil(days);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    let millis = elapsed.subsec_millis();
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{millis:03}Z")
}

/// The date that lies some days after 1970-01-01, by Howard Hinnant's `civil_from_days`: years begin in March, so that a leap day is
/// the last one.
fn civil(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year_of_era + u64::from(month <= 2), month, day)
}

/// The moment that is so far ahead. One that is out of the clock's reach is as far as tokio's own timers go.
pub(crate) fn after(duration: Duration) -> Instant {
    let now = Instant::now();
    now.checked_add(duration).unwrap_or_else(|| now + Duration::from_secs(86_400 * 365 * 30))
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

    #[test]
    fn moments_are_written_to_the_millisecond() {
        let written = |millis| iso_8601(SystemTime::UNIX_EPOCH + Duration::from_millis(millis));
        assert_eq!(written(0), "1970-01-01T00:00:00.000Z");
        assert_eq!(written(951_782_400_000 - 1), "2000-02-28T23:59:59.999Z");
        assert_eq!(written(951_782_400_000), "2000-02-29T00:00:00.000Z");
        assert_eq!(written(1_709_251_200_000), "2024-03-01T00:00:00.000Z");
        assert_eq!(written(1_795_384_551_250), "2026-11-22T21:55:51.250Z");
        assert_eq!(written(4_107_542_400_000), "2100-03-01T00:00:00.000Z");
        assert_eq!(written(253_402_300_799_000), "9999-12-31T23:59:59.000Z");
    }

    #[tokio::test(start_paused = true)]
    async fn a_moment_before_an_epoch_has_its_calendar_time() {
        let began = Instant::now();
        tokio::time::advance(Duration::from_secs(5)).await;
        let epoch = Epoch::now();
        assert_eq!(epoch.calendar_at(began) + Duration::from_secs(5), epoch.calendar());
    }

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
