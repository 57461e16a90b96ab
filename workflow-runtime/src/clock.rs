//! Time: tokio's clock, so that a paused clock in a test pauses every workflow, and the calendar time that goes with it.

use std::time::{Duration, SystemTime};

use tokio::time::Instant;

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

/// Sleeps, unless there is nothing to sleep for: tokio would round that up to a millisecond.
pub(crate) async fn sleep(duration: Duration) {
    if !duration.is_zero() {
        tokio::time::sleep(duration).await;
    }
}
