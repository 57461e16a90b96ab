//! Where an execution says what it does: [`Record`], and [`Off`], which does not listen.

use std::future::Future;
use std::sync::Arc;
use std::time::SystemTime;

use tokio::time::Instant;
use workflow_model::states::StatesError;

use crate::clock::Epoch;
use crate::engine::Tasks;
use crate::history::EventDetail;
use crate::map_run::Objects;
use crate::{ExecutionError, ExecutionId, Failure, Payload, Workflow};

/// What an execution tells of itself, and is told from outside. Its start is recorded before it is run.
#[doc(hidden)]
pub trait Record: Send + Sync + Sized + 'static {
    /// What the records of branches have in common that run side by side.
    type Fork: Send + Sync;

    /// The identity of the execution.
    fn id(&mut self) -> &ExecutionId;

    /// The calendar time now.
    fn now(&mut self) -> SystemTime;

    /// When the execution began.
    fn started(&mut self) -> SystemTime;

    /// Records an event, which is made only where it is wanted.
    fn event(&mut self, event: impl FnOnce() -> EventDetail);

    /// The JSON of an input or an output, where the events are to hold it. What is not JSON fails where it is used, not where
    /// it is recorded.
    fn json(&self, json: impl FnOnce() -> serde_json::Result<String>) -> Option<Arc<str>>;

    /// The number of the event by which the current state was entered.
    fn entered(&self) -> u64;

    /// Whether there is no room for another event. Then the execution is to do nothing more: it is about to be stopped.
    fn is_full(&self) -> bool;

    /// The record of an execution that this one starts.
    fn nested<C: Workflow>(&mut self, input: &str) -> Self;

    /// Where a task waits for its token. `None` where nobody could send it.
    fn tasks(&self) -> Option<&Arc<Tasks>>;

    /// The files that stand for objects of S3, where there are any.
    fn objects(&self) -> Option<&Objects>;

    /// What the records of the branches of this state begin with.
    fn fork(&mut self) -> Self::Fork;

    /// The record of a branch, which is a part of the same execution.
    fn branch(fork: &Self::Fork) -> Self;

    /// Notes that this branch is an iteration of a map.
    fn iteration_started(&mut self, name: &'static str, index: usize);

    /// Notes the end of a branch. One that is dropped before it was cancelled, with the whole execution or by the failure of another
    /// branch.
    fn branch_ended(self, succeeded: bool);

    /// Goes on where the branches ended.
    fn join(&mut self, fork: &Self::Fork);

    /// Starts an execution that this one does not wait for.
    fn start<C: Workflow>(&mut self, child: C, input: C::Input, json: String) -> Result<ExecutionId, Failure>;

    /// Waits until the execution is to stop, as somebody cancels it or its history is full, and says how it ends then.
    fn stopped(&self) -> impl Future<Output = ExecutionError> + Send + 'static;

    /// Records the end; an output that cannot be written is a failure.
    fn ended<T: Payload>(self, result: Result<T, ExecutionError>) -> Result<T, ExecutionError>;
}

/// No record: an execution without an engine.
#[derive(Clone, Debug)]
pub(crate) struct Off {
    workflow: &'static str,
    began: Instant,
    /// Made when it is asked for: most executions never do.
    id: Option<ExecutionId>,
    /// The same.
    epoch: Option<Epoch>,
}

impl Off {
    pub(crate) fn new(workflow: &'static str) -> Self {
        Off { workflow, began: Instant::now(), id: None, epoch: None }
    }
}

impl Record for Off {
    type Fork = Off;

    fn id(&mut self) -> &ExecutionId {
        self.id.get_or_insert_with(|| ExecutionId::random(self.workflow))
    }

    fn now(&mut self) -> SystemTime {
        self.epoch.get_or_insert_with(Epoch::now).calendar()
    }

    fn started(&mut self) -> SystemTime {
        let began = self.began;
        self.epoch.get_or_insert_with(Epoch::now).calendar_at(began)
    }

    fn event(&mut self, _event: impl FnOnce() -> EventDetail) {}

    fn json(&self, _json: impl FnOnce() -> serde_json::Result<String>) -> Option<Arc<str>> {
        None
    }

    fn entered(&self) -> u64 {
        0
    }

    fn is_full(&self) -> bool {
        false
    }

    fn nested<C: Workflow>(&mut self, _input: &str) -> Self {
        Off::new(C::NAME)
    }

    fn objects(&self) -> Option<&Objects> {
        None
    }

    fn tasks(&self) -> Option<&Arc<Tasks>> {
        None
    }

    fn fork(&mut self) -> Self::Fork {
        // All branches are of one execution.
        self.id();
        self.clone()
    }

    fn branch(fork: &Self::Fork) -> Self {
        fork.clone()
    }

    fn iteration_started(&mut self, _name: &'static str, _index: usize) {}

    fn branch_ended(self, _succeeded: bool) {}

    fn join(&mut self, _fork: &Self::Fork) {}

    fn start<C: Workflow>(&mut self, _child: C, _input: C::Input, _json: String) -> Result<ExecutionId, Failure> {
        let cause = format!(
            "`{}` starts `{}` and goes on, which needs an engine that outlives it: start it by `Engine::start` instead of `run`",
            self.workflow,
            C::NAME
        );
        Err(Failure::states(StatesError::Runtime, cause))
    }

    fn stopped(&self) -> impl Future<Output = ExecutionError> + Send + 'static {
        std::future::pending()
    }

    fn ended<T: Payload>(self, result: Result<T, ExecutionError>) -> Result<T, ExecutionError> {
        result
    }
}
