//! What the store knows of a task that nobody waits for in this process: its execution has not been taken up yet, or was left to the
//! store. It can be answered all the same.

use std::collections::HashMap;
use std::sync::{Arc, Weak};
use std::time::Duration;

use super::seal::Named;
use super::{Answer, TokenError};
use crate::Status;
use crate::clock::Epoch;
use crate::engine::commits::Commits;
use crate::run::progress::Progress;
use crate::store::{self, Step, Store, StoreError, StoredExecution};

/// The tasks in the store of an engine.
pub(in crate::engine) struct Stored {
    /// Workers may outlive the engine, and are not to keep its store open.
    commits: Weak<Commits>,
    epoch: Epoch,
    /// How long executions may take, by the names of their workflows.
    timeouts: HashMap<&'static str, Duration>,
}

impl Stored {
    pub(in crate::engine) fn new(
        commits: &Arc<Commits>,
        epoch: Epoch,
        timeouts: HashMap<&'static str, Duration>,
    ) -> Self {
        Stored { commits: Arc::downgrade(commits), epoch, timeouts }
    }

    /// The execution as a whole whose task waits for this token's answer, by what is written down. `None` where none does.
    pub(super) fn whole_of(&self, named: Named) -> Result<Option<u64>, TokenError> {
        let Some(commits) = self.commits.upgrade() else { return Ok(None) };
        self.look_up(&**commits.store(), named).map_err(|error| TokenError::Store(Arc::new(error)))
    }

    fn look_up(&self, store: &dyn Store, named: Named) -> Result<Option<u64>, StoreError> {
        let Some(tree) = store.tree(named.execution)? else { return Ok(None) };
        let is_answered = tree.answers.iter().any(|answer| answer.token == named.id);
        let mut places = tree.checkpoint.iter().chain(tree.branches.values());
        if is_answered || !places.any(|place| self.waits(&place.progress, named.id)) {
            return Ok(None);
        }
        let whole = whole(store, tree.execution)?;
        Ok((whole.status == Status::Running && !self.is_over(&whole)).then_some(whole.number))
    }

    /// Whether what is written down of a place waits for this answer.
    fn waits(&self, progress: &str, id: u128) -> bool {
        // Most places of a map are no such ones, and need not be read.
        progress.contains(&format!("{id:032x}"))
            && serde_json::from_str(progress)
                .is_ok_and(|progress: Progress| progress.waits_for(id, self.epoch.calendar()))
    }

    /// Whether an execution will have timed out as soon as it is taken up.
    fn is_over(&self, whole: &StoredExecution) -> bool {
        let timeout = self.timeouts.get(whole.workflow.as_str());
        timeout.is_some_and(|timeout| whole.started + *timeout <= self.epoch.calendar())
    }

    /// Queues an answer, which the execution finds when it is taken up.
    pub(super) fn queue(&self, named: Named, answer: &Answer) -> Option<(Arc<Commits>, u64)> {
        let commits = self.commits.upgrade()?;
        let result = answer.clone().map(Into::into);
        let answers = vec![store::Answer { token: named.id, result }];
        let number = commits.queue(&mut vec![Step { execution: named.execution, answers, ..Step::default() }]);
        Some((commits, number))
    }
}

/// The execution that this one is a part of, which may be itself.
fn whole(store: &dyn Store, mut execution: StoredExecution) -> Result<StoredExecution, StoreError> {
    while let (Some(parent), Some(_)) = (execution.parent, &execution.link) {
        match store.execution(parent)? {
            Some(parent) => execution = parent,
            None => break,
        }
    }
    Ok(execution)
}
