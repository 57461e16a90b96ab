//! How long executions that have ended are kept in the store.

use std::collections::BTreeSet;
use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::task::yield_now;
use tokio::time::sleep;

use super::{Engine, Shared};
use crate::ExecutionId;
use crate::store::{Removal, StoreError};
use crate::trace;

/// How often it is looked what can go, at most and at least.
const OFTEN: Duration = Duration::from_secs(1);
const SELDOM: Duration = Duration::from_secs(3_600);

impl Engine {
    /// Removes executions that have ended from the engine's [store](crate::EngineBuilder::store), with their parts and their histories, and
    /// says which. [`EngineBuilder::retention`](crate::EngineBuilder::retention) does that by itself for all that ended long ago.
    ///
    /// What is removed cannot be looked up any more, and its name can be given anew. There may be any number of them: they go some at a
    /// time, and other work has its turn between. Without a store there is nothing to remove.
    ///
    /// ```
    /// # use workflow_runtime::prelude::*;
    /// # use std::time::SystemTime;
    /// # use workflow_runtime::store::{Memory, Removal};
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
    /// let engine = Engine::builder().workflow(Greeter).store(Memory::new()).start().await?;
    /// let execution = engine.start::<Greeter>("Ada".to_owned()).await?;
    /// execution.output().await?;
    ///
    /// let in_a_minute = SystemTime::now() + std::time::Duration::from_secs(60);
    /// let removed = engine.remove_ended(Removal::ended_before(in_a_minute)).await?;
    /// assert_eq!(removed, [execution.id().clone()]);
    /// assert!(engine.execution(execution.id()).is_none());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// When the store cannot remove them. Some may be gone then.
    pub async fn remove_ended(&self, removal: Removal) -> Result<Vec<ExecutionId>, StoreError> {
        let mut all = Vec::new();
        loop {
            let removed = self.shared.remove_some(&removal)?;
            let is_all = removed.len() < removal.limit.max(1);
            all.extend(removed);
            if is_all {
                return Ok(all);
            }
            yield_now().await;
        }
    }

    /// Removes from now on what has ended for so long.
    pub(super) fn retain(&self, retention: Option<Duration>) {
        if let (Some(retention), Some(_)) = (retention, &self.shared.durable) {
            self.shared.parking.runtime().spawn(sweep(Arc::downgrade(&self.shared), retention));
        }
    }
}

/// Removes what has ended for long, for as long as there is an engine.
async fn sweep(engine: Weak<Shared>, retention: Duration) {
    loop {
        loop {
            let Some(engine) = engine.upgrade().filter(|engine| !engine.is_closing()) else { return };
            let Some(time) = engine.epoch.calendar().checked_sub(retention) else { return };
            let removal = Removal::ended_before(time);
            match engine.remove_some(&removal) {
                Ok(removed) if removed.len() < removal.limit => break,
                Ok(_) => {}
                Err(error) => {
                    trace::not_removed(&error);
                    break;
                }
            }
            drop(engine);
            yield_now().await;
        }
        sleep(retention.clamp(OFTEN, SELDOM)).await;
    }
}

impl Shared {
    /// Removes so many as are removed at once.
    fn remove_some(&self, removal: &Removal) -> Result<Vec<ExecutionId>, StoreError> {
        let Some(durable) = &self.durable else { return Ok(Vec::new()) };
        let removed = durable.commits.store().remove(removal)?;
        if !removed.is_empty() {
            let numbers: BTreeSet<u64> = removed.iter().map(|removed| removed.number).collect();
            // A history may be long: it is freed when nobody waits for the register.
            let forgotten = self.register().forget_ended(&numbers);
            drop(forgotten);
        }
        Ok(removed.into_iter().map(|removed| removed.id).collect())
    }
}
