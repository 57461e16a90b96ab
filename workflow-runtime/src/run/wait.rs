//! `#[wait]`: lets time pass.
//!
//! A wait is left behind rather than sat out: `drive` ends with the state that waits, and whoever runs the execution drives it again
//! from that state when the time has come. Until then there is neither a future nor a timer of its own.

use std::time::Duration;

use super::{Fault, Record, Run};
use crate::clock;

impl<R: Record> Run<R> {
    /// Whether the execution is now to wait for a time that was known at compile time.
    pub fn waits(&mut self, duration: Duration) -> bool {
        !self.resumes() && self.wait_for(duration)
    }

    /// Whether the execution is now to wait for as many seconds as the body computes.
    pub fn waits_seconds(&mut self, seconds: impl FnOnce() -> u64) -> Result<bool, Fault> {
        if self.resumes() {
            return Ok(false);
        }
        let seconds = self.evaluate("Seconds", seconds)?;
        Ok(self.wait_for(Duration::from_secs(seconds)))
    }

    /// Whether the state was left waiting, and goes on now that its wait is over.
    fn resumes(&mut self) -> bool {
        self.until.take().is_some()
    }

    /// Begins a wait, unless there is nothing to wait for.
    fn wait_for(&mut self, duration: Duration) -> bool {
        if duration.is_zero() {
            return false;
        }
        self.until = Some(clock::after(duration));
        true
    }
}
