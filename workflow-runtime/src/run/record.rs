//! Where an execution says what it does: [`Record`], and [`Off`], which does not listen.

use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::time::Instant;
use workflow_model::states::StatesError;

use super::note::nothing;
use super::{Link, Note, Resumed, Unfit};
use crate::clock::{self, Epoch};
use crate::engine::{Admitted, Answering, Tasks};
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

    /// Waits until a task may run, where that is to be waited for.
    fn admitted(&self) -> impl Future<Output = Option<Admitted>> + Send;

    /// How many bytes of JSON a payload may have, where any are written down or shown.
    fn payload_limit(&self) -> Option<usize>;

    /// The number of the event by which the current state was entered.
    fn entered(&self) -> u64;

    /// Whether there is no room for another event. Then the execution is to do nothing more: it is about to be stopped.
    fn is_full(&self) -> bool;

    /// Whether the execution is to outlive the process.
    fn is_durable(&self) -> bool;

    /// Where the execution, or the branch, was when it was noted last, in another process; once.
    fn resumed(&mut self) -> Option<Resumed>;

    /// Notes where it is.
    fn note(&mut self, note: Note);

    /// Waits until all that was noted and recorded is durable.
    fn commit(&mut self) -> impl Future<Output = ()> + Send;

    /// Leaves the execution where it is, with all that it is a part of, as it cannot go on.
    fn strand(&mut self, unfit: Unfit) -> impl Future<Output = ()> + Send;

    /// How the execution ended, if that was before this process; or why its output cannot be read any more.
    fn outcome<T: Payload>(&self) -> Result<Option<Result<T, ExecutionError>>, String>;

    /// The end of a time that began with the execution.
    fn deadline(&mut self, limit: Option<Duration>) -> Option<Instant>;

    /// The time of the calendar on tokio's clock, and the other way round.
    fn instant(&mut self, time: SystemTime) -> Instant;
    fn time(&mut self, instant: Instant) -> SystemTime;

    /// The record of an execution that this one starts, or has started before the process did.
    fn nested<C: Workflow>(&mut self, link: Link, input: &str) -> Self;

    /// By what an answer to a token with this number is made durable, and the answer that has come before this process.
    fn answering(&mut self, token: u128) -> Answering;

    /// Where a task waits for its token. `None` where nobody could send it.
    fn tasks(&self) -> Option<&Arc<Tasks>>;

    /// The files that stand for objects of S3, where there are any.
    fn objects(&self) -> Option<&Objects>;

    /// What the records of the branches of this state begin with.
    fn fork(&mut self) -> Self::Fork;

    /// The record of a branch, which is a part of the same execution.
    fn branch(fork: &Self::Fork, path: &Arc<str>) -> Self;

    /// Notes that this branch is an iteration of a map.
    fn iteration_started(&mut self, name: &'static str, index: usize, is_resumed: bool);

    /// Notes the end of a branch, and its output where it succeeded. One that is dropped before it was cancelled, with the whole execution or by the failure of another
    /// branch.
    fn branch_ended(self, done: Option<Note>);

    /// Notes that this branch, or iteration, had ended before this process.
    fn branch_was_done(self);

    /// Goes on where the branches ended. What was noted of them, under paths that begin like this, is forgotten.
    fn join(&mut self, fork: &Self::Fork, paths: &str);

    /// Starts an execution that this one does not wait for.
    /// One that this attempt had started before the process did is not started again.
    fn start<C: Workflow>(
        &mut self,
        link: Link,
        child: C,
        input: C::Input,
        json: String,
    ) -> Result<ExecutionId, Failure>;

    /// Waits until the execution is to stop, as somebody cancels it or its history is full, and says how it ends then.
    fn stopped(&self) -> impl Future<Output = ExecutionError> + Send + 'static;

    /// Records the end; an output that cannot be written is a failure.
    fn ended<T: Payload>(
        self,
        result: Result<T, ExecutionError>,
    ) -> impl Future<Output = Result<T, ExecutionError>> + Send;
}

/// No record: an execution without an engine.
#[derive(Clone, Debug)]
pub(crate) struct Off {
    workflow: &'static str,
    began: Instant,
    /// Boxed, as it is rarely there, and has a place in the future of each execution.
    known: Option<Box<Known>>,
}

/// What is made when it is asked for, which most executions never do.
#[derive(Clone, Debug)]
struct Known {
    id: Option<ExecutionId>,
    epoch: Epoch,
}

impl Off {
    pub(crate) fn new(workflow: &'static str) -> Self {
        Off { workflow, began: Instant::now(), known: None }
    }

    fn known(&mut self) -> &mut Known {
        self.known.get_or_insert_with(|| Box::new(Known { id: None, epoch: Epoch::now() }))
    }
}

impl Record for Off {
    type Fork = Off;

    fn id(&mut self) -> &ExecutionId {
        let workflow = self.workflow;
        self.known().id.get_or_insert_with(|| ExecutionId::random(workflow))
    }

    fn now(&mut self) -> SystemTime {
        self.known().epoch.calendar()
    }

    fn started(&mut self) -> SystemTime {
        let began = self.began;
        self.known().epoch.calendar_at(began)
    }

    fn event(&mut self, _event: impl FnOnce() -> EventDetail) {}

    fn json(&self, _json: impl FnOnce() -> serde_json::Result<String>) -> Option<Arc<str>> {
        None
    }

    fn admitted(&self) -> impl Future<Output = Option<Admitted>> + Send {
        std::future::ready(None)
    }

    fn payload_limit(&self) -> Option<usize> {
        None
    }

    fn entered(&self) -> u64 {
        0
    }

    fn is_full(&self) -> bool {
        false
    }

    fn is_durable(&self) -> bool {
        false
    }

    fn resumed(&mut self) -> Option<Resumed> {
        None
    }

    fn note(&mut self, _note: Note) {}

    fn commit(&mut self) -> impl Future<Output = ()> + Send {
        nothing()
    }

    fn strand(&mut self, _unfit: Unfit) -> impl Future<Output = ()> + Send {
        nothing()
    }

    fn outcome<T: Payload>(&self) -> Result<Option<Result<T, ExecutionError>>, String> {
        Ok(None)
    }

    fn deadline(&mut self, limit: Option<Duration>) -> Option<Instant> {
        clock::deadline(limit)
    }

    fn instant(&mut self, time: SystemTime) -> Instant {
        self.known().epoch.instant(time)
    }

    fn time(&mut self, instant: Instant) -> SystemTime {
        self.known().epoch.calendar_at(instant)
    }

    fn nested<C: Workflow>(&mut self, _link: Link, _input: &str) -> Self {
        Off::new(C::NAME)
    }

    fn objects(&self) -> Option<&Objects> {
        None
    }

    fn answering(&mut self, _token: u128) -> Answering {
        Answering::default()
    }

    fn tasks(&self) -> Option<&Arc<Tasks>> {
        None
    }

    fn fork(&mut self) -> Self::Fork {
        // All branches are of one execution.
        self.id();
        self.clone()
    }

    fn branch(fork: &Self::Fork, _path: &Arc<str>) -> Self {
        fork.clone()
    }

    fn iteration_started(&mut self, _name: &'static str, _index: usize, _is_resumed: bool) {}

    fn branch_ended(self, _done: Option<Note>) {}

    fn branch_was_done(self) {}

    fn join(&mut self, _fork: &Self::Fork, _paths: &str) {}

    fn start<C: Workflow>(
        &mut self,
        _link: Link,
        _child: C,
        _input: C::Input,
        _json: String,
    ) -> Result<ExecutionId, Failure> {
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

    async fn ended<T: Payload>(self, result: Result<T, ExecutionError>) -> Result<T, ExecutionError> {
        result
    }
}
