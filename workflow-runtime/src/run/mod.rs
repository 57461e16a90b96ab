//! The native run: one execution, step by step, within one future.
//!
//! [`execute`] is the same for all workflows. The generated code goes from state to state; what it needs in one is a method of
//! [`Run`], in a file for each kind of state. What it says of itself goes to a [`Record`], which is [`Off`] without an engine:
//! then nothing is recorded, and nothing is serialised.

mod activity;
mod assign;
mod branch;
mod callback;
mod choice;
mod contain;
mod context;
mod depth;
mod distributed;
mod fail;
mod join;
mod map;
mod names;
mod nested;
mod nested_callback;
mod note;
mod parallel;
mod pass;
mod payload;
mod poll;
pub(crate) mod progress;
mod record;
mod resume;
mod retry;
mod sleep;
mod succeed;
mod task;
mod wait;

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;
use std::time::SystemTime;

use tokio::time::{Instant, sleep_until};
use workflow_model::scope::Scope;
use workflow_model::states::StatesError;

pub use assign::{Assign, Assigned, assigned};
pub use branch::{Fork, Outcome};
pub(crate) use contain::{PANIC, contain};
pub use distributed::{AllSucceeded, DistributedInfo, Gather, ItemSource, WithFailures, Written};
pub use map::MapInfo;
pub use nested::NestedInfo;
use note::Kept;
pub use note::Link;
pub use parallel::ParallelInfo;
pub use poll::{PollInfo, PollStep, Polling};
pub use progress::{Note, Resumed};
pub(crate) use record::Off;
pub use record::Record;
pub(crate) use resume::{Fits, Unfit, restore};
pub(crate) use retry::same;
pub use retry::{ErrorMatch, Fault, RetryInfo, caught, error_name};
pub(crate) use sleep::Asleep;
pub use task::TaskInfo;
pub use wait::WaitTime;

use crate::history::EventDetail;
use crate::trace::{self, Span};
use crate::workflow::{Driven, StateInfo, StateValue, Step};
use crate::{Data, ExecutionError, Failure, Payload, Workflow, clock};

/// An execution on its way.
#[doc(hidden)]
#[derive(Debug)]
pub struct Run<R> {
    record: R,
    /// How many states were entered so far.
    visits: u64,
    /// In a branch, what stands before the visits: where the branch is.
    within: Option<Arc<str>>,
    /// What the states are called, where branches may have changed that.
    scope: Option<&'static Scope>,
    /// The name of the state that the execution is in.
    state: &'static str,
    /// When it entered that state, where something in it asks for it.
    entered: Option<SystemTime>,
    /// How often the state was tried again.
    retries: u32,
    /// Whether the variables have their first values.
    is_initialized: bool,
    /// What the state assigns.
    assigned: Assigned,
    /// The input of the state that follows as JSON, where the exit from the last one was recorded with it.
    input: Option<Arc<str>>,
    /// The end of the wait that the state is in.
    until: Option<Instant>,
    /// What is written down, where that is done.
    kept: Option<Box<Kept>>,
    /// What is traced of the state.
    span: Span,
}

/// Runs an execution to its end, bounded by the workflow's timeout, or until it is cancelled. Where it waits, it sleeps.
pub(crate) fn execute<W: Workflow, R: Record>(
    workflow: &W,
    input: W::Input,
    record: R,
) -> impl Future<Output = Result<W::Output, ExecutionError>> + Send {
    execute_named(workflow, input, record, None)
}

/// The same, where the states are called as they are in another machine.
///
/// No `async fn`, which would have room for its arguments twice.
fn execute_named<W: Workflow, R: Record>(
    workflow: &W,
    input: W::Input,
    record: R,
    scope: Option<&'static Scope>,
) -> impl Future<Output = Result<W::Output, ExecutionError>> + Send {
    let mut run = Run { scope, ..Run::new(record) };
    async move {
        match run.record.outcome() {
            Ok(None) => {}
            Ok(Some(ended)) => return ended,
            Err(why) => run.record.strand(Unfit::for_good(why)).await,
        }
        let span = Span::execution(|| run.record.id().clone(), || None);
        let result = span.within(execute_traced(workflow, input, &mut run)).await;
        if let Err(ExecutionError::Suspended) = result {
            // Nor does what it is a part of hear of an end.
            drop(run);
            return std::future::pending().await;
        }
        // What was still under way is gone by now: tasks and nested executions end before the execution that started them.
        run.record.ended(result).await
    }
}

/// The same up to its end, within its span.
async fn execute_traced<W: Workflow, R: Record>(
    workflow: &W,
    input: W::Input,
    run: &mut Run<R>,
) -> Result<W::Output, ExecutionError> {
    let (stopped, deadline) = (run.record.stopped(), run.record.deadline(W::TIMEOUT));
    let driven = pin!(async move {
        let (state, mut variables) = run.begin::<W>(Some(input)).await?;
        drive_to_end(workflow, state, &mut variables, run).await
    });
    let result = bounded(deadline, stopped, driven).await;
    trace::ended(&result);
    result
}

/// Drives an execution to its end, from state to state and from wait to wait.
async fn drive_to_end<W: Workflow, R: Record>(
    workflow: &W,
    mut state: W::State,
    variables: &mut W::Variables,
    run: &mut Run<R>,
) -> Result<W::Output, Failure> {
    loop {
        run.rest().await;
        match workflow.drive(state, variables, run).await? {
            Driven::Ended(output) => return Ok(output),
            Driven::Parked(waiting) => state = waiting,
        }
        run.resting().await;
    }
}

/// Drives an execution as far as it goes, but not beyond its deadline, and not after it was to stop.
pub(crate) async fn bounded<T>(
    deadline: Option<Instant>,
    stopped: impl Future<Output = ExecutionError>,
    driven: Pin<&mut impl Future<Output = Result<T, Failure>>>,
) -> Result<T, ExecutionError> {
    let mut stopped = pin!(stopped);
    let mut driven = contain(driven);
    let ending = pin!(poll_fn(|context| {
        if let Poll::Ready(stopped) = stopped.as_mut().poll(context) {
            return Poll::Ready(Err(stopped));
        }
        Pin::new(&mut driven).poll(context).map(|driven| {
            let result = driven.unwrap_or_else(|panic| Err(broken(&panic)));
            result.map_err(ExecutionError::Failed)
        })
    }));
    clock::until(deadline, ending).await.unwrap_or(Err(ExecutionError::TimedOut))
}

/// The failure of an execution that panicked outside of its tasks and expressions, as where a payload is cloned or serialised.
fn broken(panic: &str) -> Failure {
    Failure::states(StatesError::Runtime, format!("the execution panicked: {panic}"))
}

/// A visit of a state, which no other one of the execution is written like: `7`, or `7.0.2` for the second one in the first branch of
/// that.
#[derive(Clone, Debug)]
pub(crate) struct Visit {
    within: Option<Arc<str>>,
    number: u64,
}

impl fmt::Display for Visit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.within.as_deref().unwrap_or_default(), self.number)
    }
}

/// How many states an execution may enter before others have their turn. Steps that never wait would otherwise keep their
/// thread from all else, the workflow's own timeout included.
const TURN: u64 = 128;

impl<R: Record> Run<R> {
    /// The run of an execution that is about to start.
    pub(crate) fn new(record: R) -> Self {
        let assigned = Assigned::new(record.json(|| Ok(String::new())).is_some());
        let kept = record.is_durable().then(Box::default);
        Run {
            record,
            visits: 0,
            within: None,
            scope: None,
            state: "",
            entered: None,
            retries: 0,
            is_initialized: false,
            assigned,
            input: None,
            until: None,
            kept,
            span: Span::none(),
        }
    }

    /// Where the execution says what it does.
    pub(crate) fn record(&self) -> &R {
        &self.record
    }

    /// The same, when nothing more is run.
    pub(crate) fn into_record(self) -> R {
        self.record
    }

    /// The end of the wait that the execution was left in.
    pub(crate) fn until(&self) -> Option<Instant> {
        self.until
    }

    /// Sleeps to the end of the wait that the execution was left in.
    pub(crate) async fn rest(&self) {
        if let Some(until) = self.until
            && Instant::now() < until
        {
            sleep_until(until).await;
        }
    }

    /// Lets others have their turn, from time to time.
    pub async fn turn(&mut self) {
        if self.yields() {
            tokio::task::yield_now().await;
        }
    }

    /// Whether others have their turn before the next state.
    fn yields(&self) -> bool {
        self.visits % TURN == TURN - 1 || self.record.is_full()
    }

    /// Enters a state, or comes back to the one that waited. It waits for nothing, so that inputs need not be `Sync`.
    pub fn enter<W: Workflow>(&mut self, state: &W::State) -> &'static StateInfo {
        if self.until.is_some() || self.is_within() {
            self.state = self.name_of::<W>(state.index());
            self.span = Span::state(self.state);
            return &W::STATES[state.index()];
        }
        let input = self.shown_input(|| state.input());
        self.note_entry::<W>(state.index(), input)
    }

    /// Leaves a state for one that has no value of its own, as the next one follows from it at once.
    fn go_through<W: Workflow>(
        &mut self,
        info: &'static StateInfo,
        next: usize,
        json: Option<Arc<str>>,
    ) -> &'static StateInfo {
        let output = json.clone();
        self.record.event(|| EventDetail::StateExited { kind: info.kind, name: self.state, output, assigned: None });
        self.note_entry::<W>(next, json)
    }

    /// What the state at this position is called, in a branch by where that is.
    fn name_of<W: Workflow>(&self, position: usize) -> &'static str {
        let scoped = self.scope.and_then(|scope| scope.states.get(position));
        scoped.map_or(W::STATES[position].name, String::as_str)
    }

    /// Notes the entry into the state at this position.
    fn note_entry<W: Workflow>(&mut self, position: usize, input: Option<Arc<str>>) -> &'static StateInfo {
        let info = &W::STATES[position];
        self.visits += 1;
        let name = self.name_of::<W>(position);
        self.state = name;
        self.span = Span::state(name);
        self.retries = 0;
        self.keep_state(info.name);
        self.record.event(|| EventDetail::StateEntered { kind: info.kind, name, input });
        self.entered = if info.is_timed { Some(self.record.now()) } else { None };
        info
    }

    /// Goes through the `Succeed` state at this position to the end of the execution.
    pub fn succeed_in<W: Workflow>(
        &mut self,
        info: &'static StateInfo,
        next: usize,
        output: W::Output,
    ) -> (&'static StateInfo, Step<W>) {
        let measured = cross(output).and_then(|output| {
            let json = self.payload(self.state, || serde_json::to_string(&output))?;
            Ok((output, json))
        });
        match measured {
            Ok((output, json)) => (self.go_through::<W>(info, next, json), Step::Succeed(output)),
            Err(failure) => (info, Step::Fail(failure)),
        }
    }

    /// Which visit of a state this is.
    fn visit(&self) -> Visit {
        Visit { within: self.within.clone(), number: self.visits }
    }

    /// Leaves a state for the next one.
    pub fn exit<W: Workflow>(&mut self, info: &'static StateInfo, next: &W::State) -> Result<(), Failure> {
        self.measure_variables()?;
        self.input = self.input_json(|| next.input())?;
        let (output, assigned) = (self.input.clone(), self.assigned.take());
        self.record.event(|| EventDetail::StateExited { kind: info.kind, name: self.state, output, assigned });
        if self.yields() {
            self.note_next(W::STATES[next.index()].name);
        }
        Ok(())
    }

    /// Leaves the last state.
    pub fn end<T: Payload, S>(&mut self, info: &'static StateInfo, output: T) -> Result<Driven<T, S>, Failure> {
        let output = cross(output)?;
        let json = self.payload(self.state, || serde_json::to_string(&output))?;
        self.measure_variables()?;
        let assigned = self.assigned.take();
        self.record.event(|| EventDetail::StateExited { kind: info.kind, name: self.state, output: json, assigned });
        Ok(Driven::Ended(output))
    }

    /// What follows a state in which nothing but portable expressions can fail.
    pub fn go<W: Workflow>(&mut self, next: Result<Step<W>, Fault>) -> Step<W> {
        next.unwrap_or_else(|fault| Step::Fail(fault.failure))
    }
}

/// A value as it is after it crossed an edge: what serde leaves out is left out here too.
#[doc(hidden)]
pub fn cross<T: Payload>(value: T) -> Result<T, Failure> {
    if !<T as Data>::LOSSY {
        return Ok(value);
    }
    serde_json::to_vec(&value).and_then(|json| serde_json::from_slice(&json)).map_err(|error| {
        let type_name = std::any::type_name::<T>();
        Failure::states(StatesError::Runtime, format!("a `{type_name}` does not survive its way through JSON: {error}"))
    })
}
