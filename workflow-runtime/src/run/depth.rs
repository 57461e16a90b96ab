//! How deep executions are nested in one another.
//!
//! A nested execution runs within the future of the one that waits for it, and so on its stack. A stack that overflows ends the process,
//! with all other executions, and again when it is started anew: so there is an end to it before.

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::pin::Pin;

use workflow_model::states::StatesError;

use crate::{Failure, Workflow};

/// How many executions there may be within one. So many take some 900 KB of a stack where nothing is optimised, of the 2 MB that a thread of
/// tokio's has.
const DEEPEST: u32 = 32;

thread_local! {
    /// How many nested executions this thread is in.
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// Refuses an execution that is one too many within others.
pub(super) fn check<C: Workflow>() -> Result<(), Failure> {
    if DEPTH.get() < DEEPEST {
        return Ok(());
    }
    let cause = format!(
        "this execution of `{}` would be nested more than {DEEPEST} deep, and each one needs a piece of the stack of the one that waits for \
         it; go round a cycle of states instead, or start it with `request_response` or `callback`, which do not wait for it",
        C::NAME
    );
    Err(Failure::states(StatesError::Runtime, cause))
}

/// Runs a nested execution, one deeper.
pub(super) fn deeper<F: Future>(mut execution: Pin<&mut F>) -> impl Future<Output = F::Output> {
    poll_fn(move |context| {
        let _within = Within::enter();
        execution.as_mut().poll(context)
    })
}

/// That the thread is in a nested execution, also where that panics.
struct Within;

impl Within {
    fn enter() -> Self {
        DEPTH.set(DEPTH.get() + 1);
        Within
    }
}

impl Drop for Within {
    fn drop(&mut self) {
        DEPTH.set(DEPTH.get() - 1);
    }
}
