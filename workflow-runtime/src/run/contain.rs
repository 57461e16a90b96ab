//! A panic fails its execution only.

use std::any::Any;
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::Poll;

use workflow_model::states::StatesError;

use super::{Fault, Record, Run};
use crate::Failure;
use crate::history::EventDetail;

/// The name of the error that a panicking task fails with.
pub(crate) const PANIC: &str = "Panic";

/// Runs a future that may panic. It must not be polled after a panic, so nobody sees what it left half done.
///
/// The future stays where it is: moved in here, it would be twice as large.
pub(crate) fn contain<F: Future>(mut future: Pin<&mut F>) -> impl Future<Output = Result<F::Output, String>> + Unpin {
    poll_fn(move |context| {
        let polled = catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context)));
        match polled {
            Ok(poll) => poll.map(Ok),
            Err(panic) => Poll::Ready(Err(message(&*panic))),
        }
    })
}

/// What a panic said.
fn message(panic: &(dyn Any + Send)) -> String {
    panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "a panic without a message".to_owned())
}

impl<R: Record> Run<R> {
    /// Evaluates a portable expression. Where it panics, JSONata would fail too, and so the state fails as on AWS.
    #[doc(hidden)]
    pub fn evaluate<T>(&mut self, location: &'static str, expression: impl FnOnce() -> T) -> Result<T, Fault> {
        catch_unwind(AssertUnwindSafe(expression)).map_err(|panic| {
            let why = format!("The expression specified for the field '{location}' failed: {}", message(&*panic));
            self.evaluation_failed(location, &why)
        })
    }

    /// Records that the field at `location` has no value that its state can use. `why` is a sentence.
    pub(super) fn evaluation_failed(&mut self, location: &'static str, why: &str) -> Fault {
        let state = self.state;
        let entered = self.record.entered();
        let cause = format!(
            "An error occurred while executing the state '{state}' (entered at the event id #{entered}). {why}"
        );
        let failure = Failure::states(StatesError::QueryEvaluationError, cause);
        self.record.event(|| EventDetail::EvaluationFailed { state, location, failure: failure.clone().into() });
        Fault::evaluation(failure)
    }
}
