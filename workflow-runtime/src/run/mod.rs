//! The native run: one execution, step by step, within one future.
//!
//! [`execute`] is the same for all workflows. The generated code goes from state to state; what it needs in one is a method of
//! [`Run`], in a file for each kind of state. What it says of itself goes to a [`Record`], which is [`Off`] without an engine:
//! then nothing is recorded, and nothing is serialised.

mod choice;
mod contain;
mod fail;
mod nested;
mod pass;
mod poll;
mod record;
mod retry;
mod succeed;
mod task;
mod wait;

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;

use workflow_model::states::StatesError;

use contain::contain;
pub use nested::NestedInfo;
pub use poll::{PollStep, Polled, Polling};
pub(crate) use record::Off;
pub use record::Record;
pub use retry::{ErrorMatch, Fault, RetryInfo, caught, error_name};
pub use task::TaskInfo;
pub use wait::WaitTime;

use crate::history::EventDetail;
use crate::workflow::{StateInfo, StateValue, Step};
use crate::{Data, ExecutionError, Failure, Payload, Workflow, clock};

/// An execution on its way.
#[doc(hidden)]
#[derive(Debug)]
pub struct Run<R> {
    record: R,
    /// How many states were entered so far.
    visits: u64,
    /// The name of the state that the execution is in.
    state: &'static str,
    /// The input of the state that follows as JSON, where the exit from the last one was recorded with it.
    input: Option<String>,
}

/// Runs an execution to its end, bounded by the workflow's timeout, or until it is cancelled.
pub(crate) async fn execute<W: Workflow, R: Record>(
    workflow: &W,
    input: W::Input,
    record: R,
) -> Result<W::Output, ExecutionError> {
    let mut run = Run { record, visits: 0, state: "", input: None };
    let result = {
        let mut stopped = pin!(run.record.stopped());
        let driven = pin!(async {
            let state = W::start(cross(input)?);
            workflow.drive(state, &mut run).await
        });
        let mut driven = contain(driven);
        let ending = pin!(poll_fn(|context| {
            if let Poll::Ready(reason) = stopped.as_mut().poll(context) {
                return Poll::Ready(Err(ExecutionError::Aborted(reason)));
            }
            Pin::new(&mut driven).poll(context).map(|driven| {
                let result = driven.unwrap_or_else(|panic| Err(broken(&panic)));
                result.map_err(ExecutionError::Failed)
            })
        }));
        clock::within(W::TIMEOUT, ending).await.unwrap_or(Err(ExecutionError::TimedOut))
    };
    // What was still under way is gone by now: tasks and nested executions end before the execution that started them.
    run.record.ended(result)
}

/// The failure of an execution that panicked outside of its tasks and expressions, as where a payload is cloned or serialised.
fn broken(panic: &str) -> Failure {
    Failure::states(StatesError::Runtime, format!("the execution panicked: {panic}"))
}

/// How many states an execution may enter before others have their turn. Steps that never wait would otherwise keep their
/// thread from all else, the workflow's own timeout included.
const TURN: u64 = 128;

impl<R: Record> Run<R> {
    /// Lets others have their turn, from time to time.
    pub async fn turn(&mut self) {
        if self.visits % TURN == TURN - 1 {
            tokio::task::yield_now().await;
        }
    }

    /// Enters a state. It waits for nothing, so that inputs need not be `Sync`.
    pub fn enter<W: Workflow>(&mut self, state: &W::State) -> &'static StateInfo {
        let info = &W::STATES[state.index()];
        self.visits += 1;
        self.state = info.name;
        let input = self.input.take().or_else(|| self.record.json(|| state.input()));
        self.record.event(|| EventDetail::StateEntered { kind: info.kind, name: info.name, input });
        info
    }

    /// Leaves a state for the next one.
    pub fn exit<S: StateValue>(&mut self, info: &'static StateInfo, next: S) -> Result<S, Failure> {
        let next = if S::LOSSY { next.cross()? } else { next };
        self.input = self.record.json(|| next.input());
        let output = self.input.clone();
        self.record.event(|| EventDetail::StateExited { kind: info.kind, name: info.name, output });
        Ok(next)
    }

    /// Leaves the last state.
    pub fn end<T: Payload>(&mut self, info: &'static StateInfo, output: T) -> Result<T, Failure> {
        let output = cross(output)?;
        let json = self.record.json(|| serde_json::to_string(&output));
        self.record.event(|| EventDetail::StateExited { kind: info.kind, name: info.name, output: json });
        Ok(output)
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
