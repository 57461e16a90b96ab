//! What the macros' code calls. Nothing here is for users, and nothing here is stable.

use std::marker::PhantomData;

pub use serde_json;
pub use workflow_model as model;
pub use workflow_model::states::{Backoff, Jitter, StatesError};

pub use crate::portable;
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
pub trait Takes<Given> {
    /// The enum of states.
    type State;

    /// The state with its input.
    fn take(input: Given) -> Self::State;
}

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
pub trait EndsWith<Other> {
    /// The output.
    fn end(self) -> Other;
}

impl<T> EndsWith<T> for T {
    fn end(self) -> T {
        self
    }
}

/// Accepts what may cross an edge.
pub const fn assert_payload<T: Payload>() {}

/// Accepts a workflow.
pub const fn assert_workflow<W: Workflow>() {}

/// Accepts an error that a task with the error `E` raises.
pub const fn assert_raises<E: Raises<Named>, Named>() {}

/// A value for code that rustc checks and nobody runs.
pub fn any<T>() -> T {
    unreachable!("this is checked, never run")
}

/// Accepts a future that may move between threads.
pub const fn assert_send<T: Send>(_future: &T) {}

/// What a [`Definition`](model::Definition) is made of: the model, and what the macro could not know.
///
/// # Panics
///
/// When the model does not read back, which the macro's own writing rules out.
pub fn definition(
    machine: &str,
    shapes: model::shape::Shapes,
    types: Vec<model::shape::ShapeRef>,
    errors: Vec<&'static str>,
    children: Vec<model::definition::Child>,
    constants: Vec<model::definition::Constant>,
) -> model::Definition {
    let machine = serde_json::from_str(machine).expect("a machine that the macro wrote reads back");
    let errors = errors.into_iter().map(str::to_owned).collect();
    model::Definition { machine, shapes, types, errors, children, constants }
}

/// A nested workflow, as its parent's definition knows it.
pub fn child<W: Workflow>() -> model::definition::Child {
    model::definition::Child { name: W::NAME.to_owned(), timeout: W::TIMEOUT }
}

/// A constant that an expression names.
pub fn constant<T: Payload>(shapes: &mut model::shape::Shapes, value: &T) -> model::definition::Constant {
    let value = serde_json::to_value(value).unwrap_or_default();
    model::definition::Constant { shape: T::shape(shapes), value }
}

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
