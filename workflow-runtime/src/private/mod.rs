//! What the macros' code and the project's other crates call. Nothing here is for users, and nothing here is stable.

use std::collections::BTreeMap;
use std::future::Future;
use std::marker::PhantomData;
#[cfg(feature = "lambda")]
use std::pin::Pin;

mod child;
mod edge;
mod items;

pub use serde_json;
pub use workflow_model as model;
pub use workflow_model::bounds::Bounds;
pub use workflow_model::states::{Backoff, Jitter, StatesError};

pub use self::child::*;
pub use self::edge::*;
pub use self::items::*;
pub use crate::history::Resource;
#[cfg(feature = "lambda")]
pub use crate::lambda::{Invocation, Invoked};
use crate::map_run::batches;
pub use crate::map_run::{BatchInfo, CsvHeaders, InputType, ReaderInfo};
pub use crate::poll::PollReturn;
pub use crate::portable;
pub use crate::raises::{Raises, Source, StateRaises, comes_out};
pub use crate::room::{ChildInfo, Room, fits};
pub use crate::run::{
    AllSucceeded, Assign, Assigned, DistributedInfo, ErrorMatch, Fault, Fork, Gather, ItemSource, Link, MapInfo,
    NestedInfo, Note, Outcome, ParallelInfo, PollInfo, PollStep, Polling, Record, Resumed, RetryInfo, Run, TaskInfo,
    WaitTime, WithFailures, Written, assigned, caught, cross, error_name,
};
pub use crate::task_return::Returned;
pub use crate::token::Answered;
pub use crate::worker::{INVALID_OUTPUT, perform};
pub use crate::workflow::{Driven, StateInfo, StateType, StateValue, Step};
pub use crate::{Batch, NestedExecution, Placeholder, S3Object, S3Prefix, StartedExecution};
pub use crate::{ContextObject, TaskStateContext};
pub use crate::{
    Data, ExecutionError, Failure, Next, Payload, TaskContext, TaskError, TaskReturn, TaskToken, Workflow,
};

/// Code that is for the feature `lambda` alone.
#[cfg(feature = "lambda")]
#[doc(hidden)]
#[macro_export]
macro_rules! __on_lambda {
    ($($code:tt)*) => { $($code)* };
}

/// Code that is for the feature `lambda` alone.
#[cfg(not(feature = "lambda"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __on_lambda {
    ($($code:tt)*) => {};
}

pub use __on_lambda as on_lambda;

// Generated code asks for what a type can do by traits of its own, as in `<Job as Crossing>::cross(input)`, where the first mention of
// `Job` stands. Then all that rustc has to say of a type that cannot do it is the same error, which it prints once.

/// A type that may cross an edge.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot cross an edge of a workflow",
    label = "this needs `Serialize`, `Deserialize` and `Data`, and to be `Send`",
    note = "write `#[derive(Serialize, Deserialize, Data)]` on it, and on each type that it is made of",
    note = "on a field of a foreign type that no expression looks into, `#[data(opaque)]` stands for `Data`"
)]
pub trait Crossing: Sized {
    /// The same type. Where it is refused, rustc knows none, and so has nothing to say about what is done with it.
    type Payload: Payload;
    /// See [`Data::LOSSY`].
    const IS_LOSSY: bool;

    /// How JSON that is sent from outside is read.
    const ANSWERED: Answered<Self::Payload>;

    /// The value as JSON.
    fn to_json(&self) -> serde_json::Result<String>;

    /// The value of this JSON.
    fn from_json(json: &str) -> serde_json::Result<Self>;

    /// The value as it is after it crossed an edge.
    fn cross(self) -> Result<Self, Failure>;

    /// The form of the type's JSON.
    fn shape_of(shapes: &mut model::shape::Shapes) -> model::shape::ShapeRef;
}

#[diagnostic::do_not_recommend]
impl<T: Payload> Crossing for T {
    type Payload = T;
    const IS_LOSSY: bool = T::LOSSY;
    const ANSWERED: Answered<T> = Answered::NEW;

    fn to_json(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }

    fn from_json(json: &str) -> serde_json::Result<Self> {
        serde_json::from_str(json)
    }

    fn cross(self) -> Result<Self, Failure> {
        cross(self)
    }

    fn shape_of(shapes: &mut model::shape::Shapes) -> model::shape::ShapeRef {
        T::shape(shapes)
    }
}

/// What the method of a callback returns.
#[diagnostic::on_unimplemented(
    message = "the method of a callback cannot return `{Self}`: the task ends with what is sent with its token",
    label = "this would be lost",
    note = "return nothing, or `Result<(), E>`, and send the result with `Engine::complete`"
)]
pub trait Submits: Sized {
    /// What is done with it.
    const SUBMITTED: Returned<Self, ()>;
}

#[diagnostic::do_not_recommend]
impl<R: TaskReturn<Output = ()>> Submits for R {
    const SUBMITTED: Returned<R, ()> = R::RETURNED;
}

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
    model::Definition { machine, shapes, types, errors, children, constants, ..model::Definition::default() }
}

/// Tells a definition which errors the tasks at these positions raise.
pub fn raises(definition: &mut model::Definition, tasks: &[(usize, &[(&'static str, &'static str)])]) {
    let names = |names: &[(&str, &'static str)]| names.iter().map(|&(_, name)| name.to_owned()).collect();
    definition.raises.extend(tasks.iter().map(|&(position, errors)| (position, names(errors))));
}

/// What holds the variables of a workflow.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot hold the variables of a workflow",
    label = "this needs `Default`, `Serialize`, `Deserialize` and `Data`, and to be `Send`",
    note = "write `#[derive(Default, Serialize, Deserialize, Data)]` on it: its default is what the variables begin as"
)]
pub trait Variables: Sized {
    /// The same type. Where it is refused, rustc knows none, and so has nothing to say about what is done with it.
    type Itself: Payload + Default;

    /// Tells the definition what the variables begin as.
    fn describe(definition: &mut model::Definition);
}

/// The same, so that rustc says it in these words alone.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot hold the variables of a workflow",
    label = "this needs `Default`, `Serialize`, `Deserialize` and `Data`, and to be `Send`",
    note = "write `#[derive(Default, Serialize, Deserialize, Data)]` on it: its default is what the variables begin as"
)]
pub trait Holder: Payload + Default {}

#[diagnostic::do_not_recommend]
impl<T: Payload + Default> Holder for T {}

#[diagnostic::do_not_recommend]
impl<T: Holder> Variables for T {
    type Itself = T;

    fn describe(definition: &mut model::Definition) {
        let value = serde_json::to_value(T::default()).unwrap_or_default();
        let shape = T::shape(&mut definition.shapes);
        definition.variables = Some(model::definition::FirstValues { shape, value, renamed: BTreeMap::new() });
        definition.rename_variables();
    }
}

/// Tells a wait of the definition what its body computes.
///
/// # Panics
///
/// When the state is no wait, which the macro's own writing rules out.
pub fn set_wait_unit(definition: &mut model::Definition, state: usize, unit: model::states::WaitUnit) {
    match &mut definition.machine.states[state].kind {
        model::states::StateKind::Wait(wait) => wait.set_unit(unit),
        other => unreachable!("only a wait computes a time, not a `#[{}]`", other.attribute()),
    }
}

/// A constant that an expression names. It is only written, so it need not be read back: `&'static str` is not.
pub trait Constant {
    /// What the definition has of it.
    fn constant(&self, shapes: &mut model::shape::Shapes) -> model::definition::Constant;
}

#[diagnostic::do_not_recommend]
impl<T: serde::Serialize + Data> Constant for T {
    fn constant(&self, shapes: &mut model::shape::Shapes) -> model::definition::Constant {
        let value = serde_json::to_value(self).unwrap_or_default();
        model::definition::Constant { shape: T::shape(shapes), value, placeholder: None }
    }
}

impl Constant for Placeholder {
    fn constant(&self, shapes: &mut model::shape::Shapes) -> model::definition::Constant {
        let placeholder = Some(self.name().to_owned());
        model::definition::Constant { shape: String::shape(shapes), value: self.value().into(), placeholder }
    }
}

/// A constant, as the definition has it.
pub fn constant<T: Constant>(shapes: &mut model::shape::Shapes, value: &T) -> model::definition::Constant {
    value.constant(shapes)
}

/// When the key of a field is there that serde takes from a default where it is missing.
pub fn present_or<T: serde::Serialize>(shapes: &mut model::shape::Shapes, default: &T) -> model::shape::Presence {
    shapes.present_or(serde_json::to_value(default).unwrap_or_default())
}

/// Holds the generic parameters of a workflow in its enum of states, in a variant that has no value.
#[derive(Debug)]
pub enum Unused<T> {
    /// Never made.
    #[doc(hidden)]
    Never(std::convert::Infallible, PhantomData<fn() -> T>),
}

/// Why there is no state at a position.
pub fn no_state() -> serde_json::Error {
    serde::de::Error::custom("the workflow has no such state")
}

/// The states of a workflow that does not compile.
#[derive(Debug)]
pub enum Unfinished {}

impl StateValue for Unfinished {
    fn read(_position: usize, _input: &str) -> Result<Self, serde_json::Error> {
        Err(no_state())
    }

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
