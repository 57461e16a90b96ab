//! How an engine ends.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use super::{Durability, Engine, Entry};
use crate::{Failure, clock};

impl Engine {
    /// Ends the engine: from now on it starts nothing, executions have some time to end by themselves, and what is left then is
    /// cancelled. Returns when no execution runs any more, and says how many were cancelled.
    ///
    /// With a [store](crate::EngineBuilder::store) no execution is cancelled. Each stops at the next step that is written down, and what
    /// is left after the time stops where it was written down last; all of them go on when an engine is started on the store. Their
    /// handles say [`ExecutionError::Suspended`](crate::ExecutionError::Suspended) then, and the number is theirs.
    ///
    /// Without one, an execution that waits is cancelled as well, as it has no life beyond this process. The history of a cancelled execution ends with
    /// `ExecutionAborted` and the error `EngineShutDown`, and all of them can still be looked up. A task that neither ends nor waits holds the shutdown up.
    ///
    /// ```
    /// # use workflow_runtime::prelude::*;
    /// # use workflow_runtime::{StartError, Status};
    /// # use std::time::Duration;
    /// #
    /// pub struct Reminder;
    ///
    /// #[workflow(start = wait, timeout = "2d")]
    /// impl Reminder {
    ///     #[wait("1d", end)]
    ///     fn wait(text: String);
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let engine = Engine::builder().workflow(Reminder).start().await?;
    /// let execution = engine.start::<Reminder>("call Ada".to_owned()).await?;
    ///
    /// assert_eq!(engine.shutdown(Duration::from_millis(10)).await, 1);
    /// assert_eq!(execution.status(), Status::Aborted);
    /// let refused = engine.start::<Reminder>("call Bob".to_owned()).await;
    /// assert!(matches!(refused, Err(StartError::ShutDown)));
    /// # Ok(())
    /// # }
    /// ```
    pub async fn shutdown(&self, grace: Duration) -> usize {
        self.shared.register().close();
        self.shared.close_room();
        if let Some(durable) = &self.shared.durable {
            return self.suspend(durable, grace).await;
        }
        let quiet = pin!(async {
            while let Some(running) = self.running() {
                ended(running).await;
            }
        });
        clock::within(Some(grace), quiet).await;
        let mut cancelled = 0;
        while let Some(running) = self.running() {
            // Parents come before what they have started, so that none of them takes the end of a child for a failure.
            for entry in &running {
                let reason = Failure::new("EngineShutDown", "the engine was shut down");
                cancelled += usize::from(self.handle(entry.clone()).cancel_with(reason));
            }
            ended(running).await;
        }
        cancelled
    }

    /// Leaves the executions where they are written down, after running steps had their time to end.
    async fn suspend(&self, durable: &Durability, grace: Duration) -> usize {
        let running = self.shared.register().running();
        durable.close();
        let stops = running.iter().filter(|entry| entry.is_parked());
        stops.for_each(|entry| entry.suspend());
        let quiet = pin!(ended(running.clone()));
        clock::within(Some(grace), quiet).await;
        self.shared.suspend_all();
        // After the store has failed there is nothing to wait for.
        let _ = durable.commits.settled(durable.commits.queued()).await;
        running.iter().filter(|entry| entry.is_suspended()).count()
    }

    /// The executions that run, in the order of their starts. `None` when there is none.
    fn running(&self) -> Option<Vec<Arc<Entry>>> {
        let mut running = self.shared.register().running();
        running.sort_by_key(|entry| entry.number);
        (!running.is_empty()).then_some(running)
    }
}

/// Waits until all of them have ended, in whatever way.
pub(super) async fn ended(executions: Vec<Arc<Entry>>) {
    for execution in executions {
        let _ = execution.result().await;
    }
}
