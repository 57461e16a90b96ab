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

/// A type that may cross an edge, and is then itself.
///
/// The macro writes `<Job as Crossing>::Payload` for `Job`. Where that is refused, rustc knows no type any more, and so has nothing
/// to say about what is done with it: the refusal is the only error.
pub trait Crossing {
    /// The same type.
    type Payload: Payload;
}

impl<T: Payload> Crossing for T {
    type Payload = T;
}

/// A workflow that another one nests, and is then itself: as for [`Crossing`].
pub trait Child {
    /// The same type.
    type Workflow: Workflow;
}

impl<W: Workflow> Child for W {
    type Workflow = W;
}

/// The state `Self`, as the taker of an input.
#[diagnostic::on_unimplemented(
    message = "the state `{Self}` does not take a `{Given}`, which is what this edge gives it",
    label = "this state takes something else than a `{Given}`",
    note = "make its input from what the edge gives, as in `|value| {Self}(…)`"
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

/// The state behind an edge without a closure.
pub fn enter<S: Takes<Given>, Given>(given: Given) -> S::State {
    S::take(given)
}

/// What an execution ends with.
#[diagnostic::on_unimplemented(
    message = "this workflow ends with a `{Self}` here, and with a `{Other}` elsewhere",
    label = "this end gives a `{Self}`",
    note = "all its ends give one type: make it an enum, or let this end give a `{Other}` as well"
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

/// What is kept while an attempt may fail.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not `Clone`, but this input may be needed again: for another attempt, or by a catcher",
    label = "each of them gets a copy of this",
    note = "write `#[derive(Clone)]` on `{Self}`"
)]
pub trait Kept {
    /// A copy.
    fn keep(&self) -> Self;
}

#[diagnostic::do_not_recommend]
impl<T: Clone> Kept for T {
    fn keep(&self) -> Self {
        self.clone()
    }
}

/// Accepts an error that a task with the error `E` raises.
pub const fn assert_raises<E: Raises<Named>, Named>() {}

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

/// The states of a workflow that does not compile.
#[derive(Debug)]
pub enum Unfinished {}

impl StateValue for Unfinished {
    const LOSSY: bool = false;

    fn index(&self) -> usize {
        match *self {}
    }

    fn input(&self) -> serde_json::Result<String> {
        match *self {}
    }

    fn cross(self) -> Result<Self, Failure> {
        match self {}
    }
}

/// Writes an input as JSON.
///
/// # Errors
///
/// When the value is not JSON, as a map with keys that are not strings.
pub fn to_json<T: serde::Serialize>(value: &T) -> serde_json::Result<String> {
    serde_json::to_string(value)
}
