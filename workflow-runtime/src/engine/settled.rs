//! Waiting for the end of all executions.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::time::{Instant, sleep_until};

use super::shutdown::ended;
use super::{Engine, Entry};

/// How long it takes at most to notice that the engine was shut down.
const INTERVAL: Duration = Duration::from_millis(200);

impl Engine {
    /// Waits until all executions have ended: those that run, those that wait, and with a [store](crate::EngineBuilder::store) those, too,
    /// that were found in it. It does not wait for [stranded](Self::stranded) ones, nor for what is left to the store by a
    /// [shutdown](Self::shutdown) or because the [store has failed](Self::store_failure).
    ///
    /// ```
    /// # use workflow_runtime::prelude::*;
    /// # use workflow_runtime::Status;
    /// #
    /// # pub struct Greeter;
    /// #
    /// # #[workflow(start = greet, timeout = "1m")]
    /// # impl Greeter {
    /// #     #[task(timeout = "10s", end)]
    /// #     async fn greet(&self, name: String) -> String {
    /// #         format!("Hello, {name}!")
    /// #     }
    /// # }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let engine = Engine::builder().workflow(Greeter).start().await?;
    /// for name in ["Ada", "Bob"] {
    ///     engine.start::<Greeter>(name.to_owned()).await?;
    /// }
    /// engine.all_ended().await;
    /// assert!(engine.executions().iter().all(|execution| execution.status() == Status::Succeeded));
    /// # Ok(())
    /// # }
    /// ```
    pub async fn all_ended(&self) {
        loop {
            // An execution that goes from the store to the engine meanwhile, or back, is in one of these.
            let (before, running, after) = (self.next_due(), self.under_way(), self.next_due());
            match (running.is_empty(), before.or(after)) {
                (true, None) => return,
                (true, Some(_)) if self.shared.is_closing() => return,
                (true, Some(due)) => {
                    let due = self.shared.epoch.instant(due);
                    // One that is due is about to be taken up.
                    let soon = Instant::now() + INTERVAL / 20;
                    sleep_until(due.clamp(soon, soon + INTERVAL)).await;
                }
                (false, _) => ended(running).await,
            }
        }
    }

    /// The executions that run, or rest in here.
    fn under_way(&self) -> Vec<Arc<Entry>> {
        let mut running = self.shared.register().running();
        running.retain(|entry| !entry.is_suspended());
        running
    }

    /// When the execution is due that comes first of those in the store only.
    fn next_due(&self) -> Option<SystemTime> {
        let durable = self.shared.durable.as_ref()?;
        let due = durable.commits.store().next_due(SystemTime::UNIX_EPOCH);
        // Where the store cannot be read it cannot be written either, and everything stops.
        due.ok().flatten()
    }
}
