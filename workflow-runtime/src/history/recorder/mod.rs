//! Writes the history of one execution of an engine.

mod fork;
mod lasting;

use std::future::{Future, poll_fn};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use tokio::time::Instant;

use workflow_model::states::StatesError;

pub(crate) use self::fork::Fork;
use super::{Event, EventDetail};
use crate::engine::{Admitted, Answering, Entry, Parking, Shared, Status, Tasks};
use crate::map_run::Objects;
use crate::run::{Link, Note, Record, Resumed, Unfit};
use crate::workflow::StateType;
use crate::{ExecutionError, ExecutionId, Failure, Payload, Workflow, clock};

/// The record of an execution of an engine, or of a branch of one.
#[derive(Debug)]
pub(crate) struct Recorder {
    engine: Arc<Shared>,
    entry: Arc<Entry>,
    /// The number of the event that the next one follows from.
    last: u64,
    /// The number of the event by which the current state was entered.
    entered: u64,
    /// The number of the event before that.
    before: u64,
    /// The current state, until it has ended.
    state: Option<StateType>,
    /// What it is a record of, if not of the whole execution.
    branch: Option<Box<Branch>>,
    /// The number of the event by which a run of a map succeeded, from which the end of its state follows; 0 where none did. Small, as
    /// an execution that is parked keeps it.
    map_run: u32,
    /// Whether an event found no room in the history.
    is_full: bool,
}

/// A branch of an execution.
#[derive(Debug)]
struct Branch {
    fork: Arc<Fork>,
    path: Arc<str>,
    /// The iteration that it is: the name of the map, and the item's position.
    iteration: Option<(&'static str, usize)>,
    /// Whether its end is recorded.
    has_ended: bool,
}

impl Recorder {
    /// Begins the history, so that an execution has one from its start on.
    pub(crate) fn new(engine: Arc<Shared>, entry: Arc<Entry>) -> Self {
        let mut recorder = Recorder::at(engine, entry, 0, None);
        let input = recorder.engine.include_execution_data.then(|| recorder.entry.input.clone());
        recorder.event(|| EventDetail::ExecutionStarted { input });
        recorder
    }

    /// Goes on with the history of an execution that was taken up.
    pub(crate) fn again(engine: Arc<Shared>, entry: Arc<Entry>) -> Self {
        Recorder::at(engine, entry, 0, None)
    }

    fn at(engine: Arc<Shared>, entry: Arc<Entry>, last: u64, branch: Option<Box<Branch>>) -> Self {
        Recorder { engine, entry, last, entered: 0, before: last, state: None, branch, map_run: 0, is_full: false }
    }

    /// Where the execution is parked, and as whom.
    pub(crate) fn place(&self) -> (Arc<Parking>, Arc<Entry>) {
        (self.engine.parking.clone(), self.entry.clone())
    }

    /// Records an event that follows from another one than the last.
    fn push(&self, detail: EventDetail, previous_event_id: u64) -> Option<u64> {
        let timestamp = self.engine.epoch.calendar();
        self.entry.push(|id| Event { id, previous_event_id, timestamp, detail })
    }

    /// The event that one follows from, as Step Functions numbers it: a timeout of the execution and a cancellation follow from
    /// nothing, and a failed evaluation from what came before its state, unless the state is a Wait.
    fn previous(&self, detail: &EventDetail) -> u64 {
        match detail {
            EventDetail::ExecutionAborted { .. } | EventDetail::ExecutionTimedOut => 0,
            EventDetail::EvaluationFailed { .. } if self.state == Some(StateType::Wait) => self.entered,
            EventDetail::EvaluationFailed { .. } => self.before,
            EventDetail::MapStateSucceeded if self.map_run > 0 => u64::from(self.map_run),
            _ => self.last,
        }
    }

    /// Records that the state was cancelled which a branch is in. Step Functions says so of states in which time passes.
    fn aborted(&self, by: u64) {
        if let Some(kind @ (StateType::Task | StateType::Wait | StateType::Parallel | StateType::Map)) = self.state {
            self.push(EventDetail::StateAborted { kind }, by);
        }
    }

    fn last_event(&self, detail: EventDetail) -> impl Fn(u64) -> Event + 'static {
        let (timestamp, previous_event_id) = (self.engine.epoch.calendar(), self.previous(&detail));
        move |id| Event { id, previous_event_id, timestamp, detail: detail.clone() }
    }

    fn end(&mut self, event: impl FnOnce(u64) -> Event, status: Status, result: Result<String, ExecutionError>) {
        self.entry.end(event, status, result);
        self.engine.ended(&self.entry);
    }
}

impl Record for Recorder {
    type Fork = Arc<Fork>;

    fn id(&mut self) -> &ExecutionId {
        &self.entry.id
    }

    fn now(&mut self) -> SystemTime {
        self.engine.epoch.calendar()
    }

    fn started(&mut self) -> SystemTime {
        self.entry.started()
    }

    fn event(&mut self, event: impl FnOnce() -> EventDetail) {
        let detail = event();
        let previous = self.previous(&detail);
        let (state, follows) = match &detail {
            EventDetail::StateEntered { kind, .. } => (Some(*kind), true),
            EventDetail::StateExited { .. } | EventDetail::ParallelStateFailed | EventDetail::MapStateFailed => {
                (None, true)
            }
            // What comes first in an execution follows from nothing, and what ends a state from its last branch.
            EventDetail::ExecutionStarted { .. }
            | EventDetail::ParallelStateSucceeded
            | EventDetail::MapStateSucceeded
            | EventDetail::MapRunSucceeded => (self.state, false),
            _ => (self.state, true),
        };
        let is_entry = matches!(detail, EventDetail::StateEntered { .. });
        let is_map_run = matches!(detail, EventDetail::MapRunSucceeded);
        let Some(id) = self.push(detail, previous) else {
            self.is_full = true;
            return;
        };
        self.state = state;
        self.map_run = if is_map_run { u32::try_from(id).unwrap_or(u32::MAX) } else { 0 };
        if is_entry {
            (self.before, self.entered) = (previous, id);
        }
        if follows {
            self.last = id;
        }
    }

    fn json(&self, json: impl FnOnce() -> serde_json::Result<String>) -> Option<Arc<str>> {
        if self.engine.include_execution_data { json().ok().map(Arc::from) } else { None }
    }

    fn admitted(&self) -> impl Future<Output = Option<Admitted>> + Send {
        // Boxed, so that tasks which nothing bounds have no room for it.
        let gates = self.engine.gates.clone();
        let admitted = gates.map(|gates| Box::pin(gates.admit(self.entry.id.workflow())));
        async move {
            match admitted {
                Some(admitted) => Some(admitted.await),
                None => None,
            }
        }
    }

    fn payload_limit(&self) -> Option<usize> {
        let is_written = self.engine.include_execution_data || self.is_durable();
        self.engine.payload_limit.filter(|_| is_written)
    }

    fn entered(&self) -> u64 {
        self.entered
    }

    fn is_full(&self) -> bool {
        self.is_full
    }

    fn is_durable(&self) -> bool {
        self.entry.ledger().is_some()
    }

    fn resumed(&mut self) -> Option<Resumed> {
        let saved = self.entry.ledger()?.resumed(self.path().map(|path| &**path))?;
        let resumed = Resumed::try_from(saved).ok()?;
        let progress = &resumed.progress;
        (self.last, self.entered, self.before) = (progress.last, progress.entered, progress.before);
        self.map_run = u32::try_from(progress.map_run).unwrap_or(u32::MAX);
        Some(resumed)
    }

    fn note(&mut self, note: Note) {
        let Some(ledger) = self.entry.ledger() else { return };
        let checkpoint = self.checkpoint(note);
        match self.path() {
            Some(path) => ledger.branch_at(path, checkpoint),
            None => ledger.at(checkpoint),
        }
    }

    fn commit(&mut self) -> impl Future<Output = ()> + Send {
        let (entry, engine) = (self.is_durable().then(|| self.entry.clone()), self.engine.clone());
        async move {
            let Some(entry) = entry else { return };
            if let Some(ledger) = entry.ledger() {
                ledger.commit().await;
            }
            if engine.is_closing() {
                entry.suspend_whole();
                std::future::pending().await
            }
        }
    }

    fn strand(&mut self, unfit: Unfit) -> impl Future<Output = ()> + Send {
        self.engine.strand(&self.entry, self.path(), unfit);
        std::future::pending()
    }

    fn outcome<T: Payload>(&self) -> Result<Option<Result<T, ExecutionError>>, String> {
        // Only a part of an execution that was taken up can have ended before it begins.
        let ended = self.entry.ledger().and_then(|_| self.entry.outcome());
        let read = |json: String| {
            serde_json::from_str(&json).map_err(|error| {
                format!("the output of its part {} no longer fits, and it has ended with that: {error}", self.entry.id)
            })
        };
        match ended {
            None => Ok(None),
            Some(Ok(json)) => read(json).map(|output| Some(Ok(output))),
            Some(Err(error)) => Ok(Some(Err(error))),
        }
    }

    fn deadline(&mut self, limit: Option<Duration>) -> Option<Instant> {
        if self.is_durable() {
            limit.map(|limit| self.engine.epoch.instant(self.entry.started() + limit))
        } else {
            clock::deadline(limit)
        }
    }

    fn instant(&mut self, time: SystemTime) -> Instant {
        self.engine.epoch.instant(time)
    }

    fn time(&mut self, instant: Instant) -> SystemTime {
        self.engine.epoch.calendar_at(instant)
    }

    fn answering(&mut self, token: u128) -> Answering {
        Answering::new(&self.entry, token)
    }

    fn nested<C: Workflow>(&mut self, link: Link, input: &str) -> Self {
        let (entry, is_new) = self.engine.nested::<C>(&self.entry, &link, input);
        if is_new { Recorder::new(self.engine.clone(), entry) } else { Recorder::again(self.engine.clone(), entry) }
    }

    fn objects(&self) -> Option<&Objects> {
        self.engine.objects.as_ref()
    }

    fn tasks(&self) -> Option<&Arc<Tasks>> {
        Some(&self.engine.tasks)
    }

    fn fork(&mut self) -> Self::Fork {
        let outer = self.branch.as_ref().map(|branch| branch.fork.clone());
        Arc::new(Fork {
            engine: self.engine.clone(),
            entry: self.entry.clone(),
            from: AtomicU64::new(self.last),
            last: AtomicU64::new(self.last),
            is_broken: AtomicBool::new(false),
            outer,
        })
    }

    fn branch(fork: &Self::Fork, path: &Arc<str>) -> Self {
        let from = fork.from.load(Ordering::Acquire);
        let branch = Branch { fork: fork.clone(), path: path.clone(), iteration: None, has_ended: false };
        Recorder::at(fork.engine.clone(), fork.entry.clone(), from, Some(Box::new(branch)))
    }

    fn iteration_started(&mut self, name: &'static str, index: usize, is_resumed: bool) {
        if let Some(branch) = &mut self.branch {
            branch.iteration = Some((name, index));
        }
        if !is_resumed {
            self.event(|| EventDetail::MapIterationStarted { name, index });
        }
    }

    fn branch_was_done(mut self) {
        let Some(branch) = &mut self.branch else { return };
        branch.has_ended = true;
        let fork = &branch.fork;
        // Of several, nobody knows any more which was the last: the one with the last event.
        fork.from.fetch_max(self.before, Ordering::AcqRel);
        fork.last.fetch_max(self.last, Ordering::AcqRel);
    }

    fn branch_ended(mut self, done: Option<Note>) {
        let Some(branch) = &mut self.branch else { return };
        branch.has_ended = true;
        let (fork, path, iteration, succeeded) =
            (branch.fork.clone(), branch.path.clone(), branch.iteration, done.is_some());
        let mut last = self.last;
        self.before = last;
        // What comes in its place follows from its last state, and what comes behind all of them from its end.
        fork.from.store(last, Ordering::Release);
        if let Some((name, index)) = iteration {
            if succeeded {
                last = self.push(EventDetail::MapIterationSucceeded { name, index }, last).unwrap_or(last);
            } else {
                self.push(EventDetail::MapIterationFailed { name, index }, last);
            }
        }
        fork.last.store(last, Ordering::Release);
        self.last = last;
        if let (Some(note), Some(ledger)) = (done, self.entry.ledger()) {
            ledger.branch_at(&path, self.checkpoint(note));
        }
        if !succeeded {
            self.aborted(last);
            fork.is_broken.store(true, Ordering::Release);
        }
    }

    fn join(&mut self, fork: &Self::Fork, paths: &str) {
        self.last = fork.last.load(Ordering::Acquire);
        if let Some(ledger) = self.entry.ledger() {
            ledger.branches_gone(paths);
        }
    }

    fn start<C: Workflow>(
        &mut self,
        link: Link,
        child: C,
        input: C::Input,
        json: String,
    ) -> Result<ExecutionId, Failure> {
        self.engine.start_detached(&self.entry, &link, Arc::new(child), input, json)
    }

    fn stopped(&self) -> impl Future<Output = ExecutionError> + Send + 'static {
        let entry = self.entry.clone();
        poll_fn(move |context| entry.poll_stop(context))
    }

    async fn ended<T: Payload>(mut self, result: Result<T, ExecutionError>) -> Result<T, ExecutionError> {
        if let Err(ExecutionError::Suspended) = result {
            self.engine.left(&self.entry);
            return result;
        }
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
                let (event, result) = (self.last_event(EventDetail::ExecutionSucceeded { output: shown }), Ok(json));
                self.entry.close(&event, Status::Succeeded, &result).await;
                self.end(event, Status::Succeeded, result);
                Ok(output)
            }
            Err(error) => {
                let (detail, status) = match &error {
                    ExecutionError::Failed(failure) => {
                        (EventDetail::ExecutionFailed { failure: failure.clone().into() }, Status::Failed)
                    }
                    ExecutionError::TimedOut => (EventDetail::ExecutionTimedOut, Status::TimedOut),
                    ExecutionError::Aborted(failure) => {
                        (EventDetail::ExecutionAborted { failure: failure.clone().into() }, Status::Aborted)
                    }
                    ExecutionError::Suspended => unreachable!("a suspended execution has not ended"),
                };
                let (event, result) = (self.last_event(detail), Err(error.clone()));
                self.entry.close(&event, status, &result).await;
                self.end(event, status, result);
                Err(error)
            }
        }
    }
}
