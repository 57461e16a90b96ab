//! `#[wait]`: lets time pass.

use std::time::Duration;

use super::{Fault, Record, Run};
use crate::clock;

impl<R: Record> Run<R> {
    /// Waits for a time that was known at compile time.
    pub async fn wait(&mut self, duration: Duration) {
        clock::sleep(duration).await;
    }

    /// Waits for as many seconds as the body computes.
    pub async fn wait_seconds(&mut self, seconds: impl FnOnce() -> u64) -> Result<(), Fault> {
        let seconds = self.evaluate("Seconds", seconds)?;
        clock::sleep(Duration::from_secs(seconds)).await;
        Ok(())
    }
}
