//! What an execution tells of itself: to expressions and to tasks.

use super::{Record, Run};
use crate::context_object::{ContextObject, ExecutionContext, StateContext, StateMachineContext, TaskStateContext};
use crate::{TaskContext, clock};

impl<R: Record> Run<R> {
    /// What an expression knows as `context`.
    pub fn context(&mut self) -> ContextObject {
        let state = StateContext { name: self.state.to_owned(), entered_time: self.entered_time() };
        self.context_of(state)
    }

    /// What an expression behind attempts knows as `context`.
    pub fn task_context(&mut self) -> ContextObject<TaskStateContext> {
        let (name, entered_time) = (self.state.to_owned(), self.entered_time());
        self.context_of(TaskStateContext { name, entered_time, retry_count: self.retries })
    }

    /// What an attempt at a task is told.
    pub(super) fn attempt_context(&mut self, retries: u32) -> TaskContext {
        let times = (self.record.started(), self.entered());
        TaskContext::new(self.record.id().clone(), self.state, self.visit(), (retries, self.attempts(retries)), times)
    }

    fn context_of<S>(&mut self, state: S) -> ContextObject<S> {
        let start_time = clock::iso_8601(self.record.started());
        let id = self.record.id();
        ContextObject {
            execution: ExecutionContext { id: id.arn(), name: id.name().to_owned(), start_time },
            state,
            state_machine: StateMachineContext { id: id.state_machine_arn(), name: id.workflow().to_owned() },
        }
    }

    fn entered_time(&mut self) -> String {
        clock::iso_8601(self.entered())
    }

    /// When the state was entered. It was looked at then, if anything in the state asks for it.
    pub(super) fn entered(&mut self) -> std::time::SystemTime {
        match self.entered {
            Some(entered) => entered,
            None => self.record.now(),
        }
    }
}
