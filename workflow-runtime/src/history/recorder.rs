//! Writes the history of one execution of an engine.

use std::future::Future;
use std::sync::Arc;
use std::time::SystemTime;

use workflow_model::states::StatesError;

use super::{Event, EventDetail};
use crate::engine::{Entry, Parking, Shared, Status};
use crate::run::Record;
use crate::workflow::StateType;
use crate::{ExecutionError, ExecutionId, Failure, Payload, Workflow};

/// The record of an execution of an engine.
#[derive(Debug)]
pub(crate) struct Recorder {
    engine: Arc<Shared>,
    entry: Arc<Entry>,
    /// The number of the last event.
    last: u64,
    /// The number of the event by which the current state was entered.
    entered: u64,
    /// Whether the current state is a Wait.
    waiting: bool,
}

impl Recorder {
    /// Begins the history, so that an execution has one from its start on.
    pub(crate) fn new(engine: Arc<Shared>, entry: Arc<Entry>) -> Self {
        let mut recorder = Recorder { engine, entry, last: 0, entered: 0, waiting: false };
        let input = recorder.json(|| Ok(recorder.entry.input.clone()));
        recorder.event(|| EventDetail::ExecutionStarted { input });
        recorder
    }

    /// Where the execution is parked, and as whom.
    pub(crate) fn place(&self) -> (Arc<Parking>, Arc<Entry>) {
        (self.engine.parking.clone(), self.entry.clone())
    }

    /// The next event.
    fn next(&mut self, detail: EventDetail) -> Event {
        self.last += 1;
        if let EventDetail::StateEntered { kind, .. } = &detail {
            self.entered = self.last;
            self.waiting = *kind == StateType::Wait;
        }
        let previous_event_id = self.previous(&detail);
        Event { id: self.last, previous_event_id, timestamp: self.engine.epoch.calendar(), detail }
    }

    /// The event that one follows from, as Step Functions numbers it: the first state's entry, a timeout of the execution and a
    /// cancellation follow from nothing, and a failed evaluation from what came before its state, unless the state is a Wait.
    fn previous(&self, detail: &EventDetail) -> u64 {
        match detail {
            EventDetail::ExecutionAborted { .. } | EventDetail::ExecutionTimedOut => 0,
            EventDetail::EvaluationFailed { .. } if self.waiting => self.entered,
            EventDetail::EvaluationFailed { .. } if self.entered <= 2 => 0,
            EventDetail::EvaluationFailed { .. } => self.entered - 1,
            _ if self.last <= 2 => 0,
            _ => self.last - 1,
        }
    }

    fn end(&mut self, detail: EventDetail, status: Status, result: Result<String, ExecutionError>) {
        let event = self.next(detail);
        self.entry.end(event, status, result);
        self.engine.ended(&self.entry);
    }
}

impl Record for Recorder {
    fn id(&mut self) -> &ExecutionId {
        &self.entry.id
    }

    fn now(&mut self) -> SystemTime {
        self.engine.epoch.calendar()
    }

    fn started(&mut self) -> SystemTime {
        self.entry.started
    }

    fn event(&mut self, event: impl FnOnce() -> EventDetail) {
        let event = self.next(event());
        self.entry.push(event);
    }

    fn json(&self, json: impl FnOnce() -> serde_json::Result<String>) -> Option<String> {
        if self.engine.include_execution_data { json().ok() } else { None }
    }

    fn entered(&self) -> u64 {
        self.entered
    }

    fn nested(&mut self, workflow: &'static str, input: &str) -> Self {
        let id = ExecutionId::random(workflow);
        let entry = self.engine.enrol(id, Some(self.entry.id.clone()), input.to_owned());
        Recorder::new(self.engine.clone(), entry)
    }

    fn start<C: Workflow>(&mut self, child: C, input: C::Input, json: String) -> Result<ExecutionId, Failure> {
        let parent = Some(self.entry.id.clone());
        Ok(self.engine.start(Arc::new(child), input, json, parent).id.clone())
    }

    fn stopped(&self) -> impl Future<Output = Failure> + Send + 'static {
        let entry = self.entry.clone();
        async move { entry.stop_requested().await }
    }

    fn ended<T: Payload>(mut self, result: Result<T, ExecutionError>) -> Result<T, ExecutionError> {
        let result = result.and_then(|output| match serde_json::to_string(&output) {
            Ok(json) => Ok((output, json)),
            Err(error) => {
                let cause = format!("the output of `{}` is not JSON: {error}", self.entry.id.workflow());
                Err(ExecutionError::Failed(Failure::states(StatesError::Runtime, cause)))
            }
        });
        match result {
            Ok((output, json)) => {
                let shown = self.json(|| Ok(json.clone()));
                self.end(EventDetail::ExecutionSucceeded { output: shown }, Status::Succeeded, Ok(json));
                Ok(output)
            }
            Err(error) => {
                let (detail, status) = match &error {
                    ExecutionError::Failed(failure) => {
                        (EventDetail::ExecutionFailed { failure: failure.clone() }, Status::Failed)
                    }
                    ExecutionError::TimedOut => (EventDetail::ExecutionTimedOut, Status::TimedOut),
                    ExecutionError::Aborted(failure) => {
                        (EventDetail::ExecutionAborted { failure: failure.clone() }, Status::Aborted)
                    }
                };
                self.end(detail, status, Err(error.clone()));
                Err(error)
            }
        }
    }
}

impl Drop for Recorder {
    /// An execution that is dropped before its end was cancelled together with its parent, or with the whole runtime.
    fn drop(&mut self) {
        if self.entry.status() == Status::Running {
            let failure = Failure::new("", "");
            let aborted = ExecutionError::Aborted(failure.clone());
            self.end(EventDetail::ExecutionAborted { failure }, Status::Aborted, Err(aborted));
        }
    }
}
