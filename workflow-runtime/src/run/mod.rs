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
mod record;
mod retry;
mod succeed;
mod task;
mod wait;

use tokio::time::timeout;

pub use nested::NestedInfo;
pub(crate) use record::Off;
pub use record::Record;
pub use retry::{ErrorMatch, Fault, RetryInfo, caught, error_name};
pub use task::TaskInfo;

use crate::history::EventDetail;
use crate::workflow::{StateInfo, StateValue, Step};
use crate::{Data, ExecutionError, Failure, Payload, Workflow};

/// An execution on its way.
#[doc(hidden)]
#[derive(Debug)]
pub struct Run<R> {
    record: R,
    /// How many states were entered so far.
    visits: u64,
    /// The name of the state that the execution is in.
    state: &'static str,
}

/// Runs an execution to its end, bounded by the workflow's timeout.
pub(crate) async fn execute<W: Workflow, R: Record>(
    workflow: &W,
    input: W::Input,
    record: R,
) -> Result<W::Output, ExecutionError> {
    let mut run = Run { record, visits: 0, state: "" };
    let state = W::start(cross(input).map_err(ExecutionError::Failed)?);
    run.record.event(|detail| EventDetail::ExecutionStarted { input: detail.of(|| state.input()) });
    let driven = workflow.drive(state, &mut run);
    let result = match W::TIMEOUT {
        Some(limit) => timeout(limit, driven).await,
        None => Ok(driven.await),
    };
    let result = match result {
        Ok(result) => result.map_err(ExecutionError::Failed),
        Err(_) => Err(ExecutionError::TimedOut),
    };
    run.record.ended(result)
}

/// How many states an execution may enter before others have their turn. Steps that never wait would otherwise keep their
/// thread from all else, the workflow's own timeout included.
const TURN: u64 = 128;

impl<R: Record> Run<R> {
    /// Enters a state.
    pub async fn enter<W: Workflow>(&mut self, state: &W::State) -> &'static StateInfo {
        if self.visits % TURN == TURN - 1 {
            tokio::task::yield_now().await;
        }
        let info = &W::STATES[state.index()];
        self.visits += 1;
        self.state = info.name;
        self.record.event(|detail| EventDetail::StateEntered {
            kind: info.kind,
            name: info.name,
            input: detail.of(|| state.input()),
        });
        info
    }

    /// Leaves a state for the next one.
    pub fn exit<S: StateValue>(&mut self, info: &'static StateInfo, next: S) -> Result<S, Failure> {
        let next = if S::LOSSY { next.cross()? } else { next };
        self.exited(info, || next.input());
        Ok(next)
    }

    /// Leaves the last state.
    pub fn end<T: Payload>(&mut self, info: &'static StateInfo, output: T) -> Result<T, Failure> {
        let output = cross(output)?;
        self.exited(info, || serde_json::to_string(&output));
        Ok(output)
    }

    fn exited(&mut self, info: &'static StateInfo, output: impl FnOnce() -> serde_json::Result<String>) {
        self.record.event(|detail| EventDetail::StateExited {
            kind: info.kind,
            name: info.name,
            output: detail.of(output),
        });
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
        Failure::new("States.Runtime", format!("a `{type_name}` does not survive its way through JSON: {error}"))
    })
}
