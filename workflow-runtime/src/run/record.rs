//! Where an execution says what it does: [`Record`], and [`Off`], which does not listen.

use crate::history::{DetailLevel, EventDetail};
use crate::{ExecutionError, ExecutionId, Payload};

/// What an execution tells of itself.
#[doc(hidden)]
pub trait Record: Send + Sync + Sized + 'static {
    /// The identity of the execution.
    fn id(&mut self) -> &ExecutionId;

    /// Records an event, which is made only where it is wanted.
    fn event(&mut self, event: impl FnOnce(DetailLevel) -> EventDetail);

    /// The number of the event by which the current state was entered.
    fn entered(&self) -> u64;

    /// The record of an execution that this one starts.
    fn nested(&mut self, workflow: &'static str, input: &str) -> Self;

    /// Records the end; an output that cannot be written is a failure.
    fn ended<T: Payload>(self, result: Result<T, ExecutionError>) -> Result<T, ExecutionError>;
}

/// No record: an execution without an engine.
#[derive(Debug)]
pub(crate) struct Off {
    workflow: &'static str,
    /// Made when it is asked for: most executions never do.
    id: Option<ExecutionId>,
}

impl Off {
    pub(crate) fn new(workflow: &'static str) -> Self {
        Off { workflow, id: None }
    }
}

impl Record for Off {
    fn id(&mut self) -> &ExecutionId {
        self.id.get_or_insert_with(|| ExecutionId::random(self.workflow))
    }

    fn event(&mut self, _event: impl FnOnce(DetailLevel) -> EventDetail) {}

    fn entered(&self) -> u64 {
        0
    }

    fn nested(&mut self, workflow: &'static str, _input: &str) -> Self {
        Off::new(workflow)
    }

    fn ended<T: Payload>(self, result: Result<T, ExecutionError>) -> Result<T, ExecutionError> {
        result
    }
}
