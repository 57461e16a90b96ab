//! Waiting for the end of all executions.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::time::{Instant, timeout_at};

use super::shutdown::ended;
use super::{Engine, Entry};

/// How long it takes at least to take up what is due.
const MOMENT: Duration = Duration::from_millis(10);
/// Nothing waits for longer.
const FAR: Duration = Duration::from_secs(86_400 * 366 * 200);

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
            let changed = self.shared.durable.as_ref().map(|durable| durable.changed.notified());
            // An execution that goes from the store to the engine meanwhile, or back, is in one of these.
            let (before, running, after) = (self.next_due(), self.under_way(), self.next_due());
            match (running.is_empty(), after, changed) {
                (false, ..) => ended(running).await,
                // The one that was due was taken up meanwhile, and may have ended as well.
                (true, None, Some(_)) if before.is_some() => {}
                (true, Some(due), Some(changed)) if !self.shared.is_closing() => {
                    let due = self.shared.epoch.instant(due).max(Instant::now() + MOMENT);
                    // Either it is taken up by then, or before, or the engine was shut down.
                    let _ = timeout_at(due, changed).await;
                }
                _ => return,
            }
        }
    }

    /// The executions that run, or rest in here.
    fn under_way(&self) -> Vec<Arc<Entry>> {
        let mut running = self.shared.register().running();
        running.retain(|entry| !entry.is_suspended());
        running
    }

    /// When the execution is due that comes first of those in the store only, but for the stranded ones.
    fn next_due(&self) -> Option<SystemTime> {
        let durable = self.shared.durable.as_ref()?;
        let stranded = &durable.strand;
        let due = durable.commits.store().due(SystemTime::now() + FAR, stranded.count() + 1);
        // Where the store cannot be read it cannot be written either, and everything stops.
        let due = due.unwrap_or_default();
        due.into_iter().find(|timer| !stranded.has(timer.execution)).map(|timer| timer.due)
    }
}
