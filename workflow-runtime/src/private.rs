//! What the macros' code calls. Nothing here is for users, and nothing here is stable.

use std::marker::PhantomData;

pub use serde_json;
pub use workflow_model as model;
pub use workflow_model::states::{Backoff, Jitter, StatesError};

pub use crate::run::{ErrorMatch, Fault, NestedInfo, Record, RetryInfo, Run, TaskInfo, caught, cross, error_name};
pub use crate::workflow::{StateInfo, StateType, StateValue, Step};
pub use crate::{Data, ExecutionError, Failure, Next, Payload, TaskContext, TaskError, TaskReturn, Workflow};

/// What a task returned, when it succeeds.
pub type OutputOf<R> = <R as TaskReturn>::Output;

/// The state `S`, as the taker of an input.
#[diagnostic::on_unimplemented(
    message = "the state `{Self}` does not take a `{Given}`",
    label = "this state takes something else",
    note = "make its input from the result on the edge: `next = |result| {Self}(…)`"
)]
pub trait Takes<Given> {}

/// An error that a task with the error `Self` can raise.
#[diagnostic::on_unimplemented(
    message = "W0503: this state raises `{Self}`, never `{Named}`, so this would wait for nothing",
    label = "the state cannot raise this error",
    note = "name an error of `{Self}`, or one of `States::…`"
)]
pub trait Raises<Named> {}

impl<E: TaskError> Raises<E> for E {}

/// Whether two types are the same.
#[diagnostic::on_unimplemented(
    message = "this workflow ends with a `{Self}` here, and with a `{Other}` elsewhere",
    note = "all its ends have one type: make it an enum, or bring this end into the other's form with `next`"
)]
pub trait EndsWith<Other> {}

impl<T> EndsWith<T> for T {}

/// Accepts what may cross an edge.
pub const fn assert_payload<T: Payload>() {}

/// Accepts a type that `Data` is derived for.
pub const fn assert_data<T: Data>() {}

/// Accepts a future that may move between threads.
pub const fn assert_send<T: Send>(_future: &T) {}

/// Holds the generic parameters of a workflow in its enum of states, in a variant that has no value.
#[derive(Debug)]
pub enum Unused<T> {
    /// Never made.
    #[doc(hidden)]
    Never(std::convert::Infallible, PhantomData<fn() -> T>),
}

/// Writes an input as JSON.
///
/// # Errors
///
/// When the value is not JSON, as a map with keys that are not strings.
pub fn to_json<T: serde::Serialize>(value: &T) -> serde_json::Result<String> {
    serde_json::to_string(value)
}
