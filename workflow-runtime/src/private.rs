//! What the macros' code and the project's other crates call. Nothing here is for users, and nothing here is stable.

use std::collections::BTreeMap;
use std::future::Future;
use std::marker::PhantomData;
#[cfg(feature = "lambda")]
use std::pin::Pin;

pub use serde_json;
pub use workflow_model as model;
pub use workflow_model::bounds::Bounds;
pub use workflow_model::states::{Backoff, Jitter, StatesError};

pub use crate::history::Resource;
#[cfg(feature = "lambda")]
pub use crate::lambda::{Invocation, Invoked};
use crate::map_run::batches;
pub use crate::map_run::{BatchInfo, CsvHeaders, InputType, ReaderInfo};
pub use crate::poll::PollReturn;
pub use crate::portable;
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

/// A workflow that another one nests, or has as a branch.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a workflow",
    label = "this type has no `#[workflow]`",
    note = "put `#[workflow(start = …, timeout = \"…\")]` on its `impl` block"
)]
pub trait Child: Sized {
    /// See [`Workflow::NO_BRANCH_CONTAINS_ITSELF`].
    const NO_BRANCH_CONTAINS_ITSELF: ();
    /// The same type.
    type Itself;
    /// What it is started with.
    type Input;
    /// What it ends with.
    type Output;
    /// The workflow, as rustc has its parent know it.
    const INFO: ChildInfo;

    /// Runs it until it succeeds or nothing retries it.
    fn run_nested<R: Record>(
        &self,
        run: &mut Run<R>,
        info: &'static NestedInfo,
        input: Self::Input,
        keep: impl Fn(&Self::Input) -> Option<Self::Input> + Send,
    ) -> impl Future<Output = Result<Self::Output, Fault>> + Send;

    /// Starts it as a branch.
    fn start_branch<'a, R: Record>(&'a self, fork: &mut Fork<'a, R>, input: Self::Input) -> Outcome<Self::Output>;

    /// Starts it as a branch, with an input of its own.
    fn start_branch_with<'a, R: Record, I: Payload>(
        &'a self,
        fork: &mut Fork<'a, R>,
        input: I,
        make: impl FnOnce(&mut Run<R>, I) -> Result<Self::Input, Fault> + Send + 'a,
    ) -> Outcome<Self::Output>;

    /// The same, with the description of its execution for a result.
    fn run_nested_described<R: Record>(
        &self,
        run: &mut Run<R>,
        info: &'static NestedInfo,
        input: Self::Input,
        keep: impl Fn(&Self::Input) -> Option<Self::Input> + Send,
    ) -> impl Future<Output = Result<NestedExecution, Fault>> + Send;

    /// Starts it with a token, and waits for the answer to that.
    fn run_nested_callback<R: Record, I: Send, T: Send>(
        &self,
        run: &mut Run<R>,
        info: &'static NestedInfo,
        input: I,
        keep: impl Fn(&I) -> Option<I> + Send,
        alone: (fn(&Self) -> Self, Answered<T>),
        make: impl FnMut(&mut Run<R>, I, TaskToken<T>) -> Result<Self::Input, Fault> + Send,
    ) -> impl Future<Output = Result<T, Fault>> + Send;

    /// Starts it, and leaves it to itself.
    fn start_nested<R: Record>(
        &self,
        run: &mut Run<R>,
        info: &'static NestedInfo,
        input: Self::Input,
        keep: impl Fn(&Self::Input) -> Option<Self::Input> + Send,
        copy: fn(&Self) -> Self,
    ) -> impl Future<Output = Result<StartedExecution, Fault>> + Send;

    /// Runs it for each item.
    fn run_map<W: Workflow, R: Record, T: Send>(
        &self,
        run: &mut Run<R>,
        info: &'static MapInfo,
        items: Result<Vec<T>, Fault>,
        keep: impl Fn(&Vec<T>) -> Option<Vec<T>> + Send,
        select: impl FnMut(&mut Run<R>, T, usize) -> Result<Self::Input, Fault> + Send,
    ) -> impl Future<Output = Result<Vec<Self::Output>, Fault>> + Send;

    /// Runs it for each item as an execution of its own, as one run of a map.
    #[allow(clippy::too_many_arguments, reason = "each is one part of the attribute")]
    fn run_distributed<W: Workflow, R: Record, T: Payload, S: Send, G: Gather<Self::Output>>(
        &self,
        run: &mut Run<R>,
        info: &'static DistributedInfo,
        items: Result<ItemSource<T>, Fault>,
        keep: impl Fn(&ItemSource<T>) -> Option<ItemSource<T>> + Send,
        select: impl FnMut(&mut Run<R>, T, usize) -> Result<S, Fault> + Send,
        pack: impl Fn(Vec<S>) -> Result<Vec<Self::Input>, Failure> + Send,
        gather: Option<G>,
    ) -> impl Future<Output = Result<G::Output, Fault>> + Send;

    /// Runs one of its tasks, as the Lambda function behind it does.
    #[cfg(feature = "lambda")]
    fn invoke(&self, invocation: Invocation) -> Pin<Box<dyn Future<Output = Invoked> + '_>>;

    /// The workflow, as its parent's definition knows it.
    fn describe() -> model::definition::Child;

    /// The same with its states, for a branch.
    fn describe_branch() -> model::definition::Child;
}

#[diagnostic::do_not_recommend]
impl<W: Workflow> Child for W {
    const NO_BRANCH_CONTAINS_ITSELF: () = W::NO_BRANCH_CONTAINS_ITSELF;

    type Itself = W;
    type Input = W::Input;
    type Output = W::Output;
    const INFO: ChildInfo = ChildInfo { name: W::NAME, timeout: W::TIMEOUT, bounds: W::BOUNDS };

    async fn run_nested<R: Record>(
        &self,
        run: &mut Run<R>,
        info: &'static NestedInfo,
        input: W::Input,
        keep: impl Fn(&W::Input) -> Option<W::Input> + Send,
    ) -> Result<W::Output, Fault> {
        run.nested(info, self, input, keep).await
    }

    fn start_branch<'a, R: Record>(&'a self, fork: &mut Fork<'a, R>, input: W::Input) -> Outcome<W::Output> {
        fork.start(self, input)
    }

    fn start_branch_with<'a, R: Record, I: Payload>(
        &'a self,
        fork: &mut Fork<'a, R>,
        input: I,
        make: impl FnOnce(&mut Run<R>, I) -> Result<W::Input, Fault> + Send + 'a,
    ) -> Outcome<W::Output> {
        fork.start_with(self, input, make)
    }

    async fn run_nested_described<R: Record>(
        &self,
        run: &mut Run<R>,
        info: &'static NestedInfo,
        input: W::Input,
        keep: impl Fn(&W::Input) -> Option<W::Input> + Send,
    ) -> Result<NestedExecution, Fault> {
        run.nested_described(info, self, input, keep).await
    }

    async fn run_nested_callback<R: Record, I: Send, T: Send>(
        &self,
        run: &mut Run<R>,
        info: &'static NestedInfo,
        input: I,
        keep: impl Fn(&I) -> Option<I> + Send,
        alone: (fn(&W) -> W, Answered<T>),
        make: impl FnMut(&mut Run<R>, I, TaskToken<T>) -> Result<W::Input, Fault> + Send,
    ) -> Result<T, Fault> {
        run.nested_callback(info, self, input, keep, alone, make).await
    }

    async fn start_nested<R: Record>(
        &self,
        run: &mut Run<R>,
        info: &'static NestedInfo,
        input: W::Input,
        keep: impl Fn(&W::Input) -> Option<W::Input> + Send,
        copy: fn(&W) -> W,
    ) -> Result<StartedExecution, Fault> {
        run.start_nested(info, self, input, keep, copy).await
    }

    async fn run_map<P: Workflow, R: Record, T: Send>(
        &self,
        run: &mut Run<R>,
        info: &'static MapInfo,
        items: Result<Vec<T>, Fault>,
        keep: impl Fn(&Vec<T>) -> Option<Vec<T>> + Send,
        select: impl FnMut(&mut Run<R>, T, usize) -> Result<W::Input, Fault> + Send,
    ) -> Result<Vec<W::Output>, Fault> {
        run.map::<P, W, T, _>(info, self, items, keep, select).await
    }

    async fn run_distributed<P: Workflow, R: Record, T: Payload, S: Send, G: Gather<W::Output>>(
        &self,
        run: &mut Run<R>,
        info: &'static DistributedInfo,
        items: Result<ItemSource<T>, Fault>,
        keep: impl Fn(&ItemSource<T>) -> Option<ItemSource<T>> + Send,
        select: impl FnMut(&mut Run<R>, T, usize) -> Result<S, Fault> + Send,
        pack: impl Fn(Vec<S>) -> Result<Vec<W::Input>, Failure> + Send,
        gather: Option<G>,
    ) -> Result<G::Output, Fault> {
        run.distributed::<P, W, T, S, G>(info, self, items, keep, select, pack, gather).await
    }

    #[cfg(feature = "lambda")]
    fn invoke(&self, invocation: Invocation) -> Pin<Box<dyn Future<Output = Invoked> + '_>> {
        Box::pin(Workflow::invoke(self, invocation))
    }

    fn describe() -> model::definition::Child {
        model::definition::Child { name: W::NAME.to_owned(), timeout: W::TIMEOUT, bounds: W::BOUNDS, definition: None }
    }

    fn describe_branch() -> model::definition::Child {
        model::definition::Child { definition: Some(Box::new(W::definition())), ..Self::describe() }
    }
}

/// What a map goes over.
#[diagnostic::on_unimplemented(
    message = "a `#[map]` goes over a `Vec`, not over a `{Self}`",
    label = "this is no list of items",
    note = "write a body that makes the list, as in `fn pack(order: Order) -> Vec<Item> {{ order.items }}`"
)]
pub trait Items {
    /// An item.
    type Item;

    /// The items, in order.
    fn into_items(self) -> Vec<Self::Item>;
}

impl<T> Items for Vec<T> {
    type Item = T;

    fn into_items(self) -> Vec<T> {
        self
    }
}

/// What the items of a map are read from.
#[diagnostic::on_unimplemented(
    message = "an `item_reader` reads an object of S3, not a `{Self}`",
    label = "this names no object",
    note = "let the body name it, as in `fn resize(input: Input) -> S3Object {{ S3Object {{ bucket: input.bucket, key: input.key }} }}`"
)]
pub trait ReadFrom {
    /// The object.
    fn object(self) -> S3Object;
}

impl ReadFrom for S3Object {
    fn object(self) -> S3Object {
        self
    }
}

/// What a workflow takes that is given several items at once.
#[diagnostic::on_unimplemented(
    message = "this map gives a `Batch` of items to each execution, but its workflow takes a `{Self}`",
    label = "this workflow takes no `Batch`",
    note = "let it take a `Batch<Item>`, or remove `max_items_per_batch` and `max_input_bytes_per_batch`"
)]
pub trait Batched: Sized {
    /// An item.
    type Item;

    /// Batches, each as large as it may be.
    fn pack(items: Vec<Self::Item>, info: BatchInfo) -> Result<Vec<Self>, Failure>;
}

impl<T: serde::Serialize> Batched for Batch<T> {
    type Item = T;

    fn pack(items: Vec<T>, info: BatchInfo) -> Result<Vec<Self>, Failure> {
        batches(items, info)
    }
}

/// The state `Self`, as the taker of an input.
#[diagnostic::on_unimplemented(
    message = "this edge gives a `{Given}`, which the state does not take",
    label = "this state takes something else than a `{Given}`",
    note = "make its input from what the edge gives, as in `|value| state(…)`"
)]
pub trait Takes<Given> {
    /// The enum of states.
    type State;

    /// The state with its input.
    fn take(input: Given) -> Self::State;
}

/// An error that a task with the error `Raised` can raise.
#[diagnostic::on_unimplemented(
    message = "W0503: this state raises `{Raised}`, never `{Self}`, so nothing would ever come here",
    label = "the state cannot raise this error",
    note = "name an error that it raises, or one of `States::…`",
    note = "a task that returns no `Result` raises `Infallible`, which has no errors"
)]
pub trait RaisedBy<Raised> {
    /// That it is.
    const CHECKED: ();
}

impl<E: TaskError> RaisedBy<E> for E {
    const CHECKED: () = ();
}

/// What an edge, or the end, is given.
#[derive(Debug)]
pub struct Given<T>(pub T);

impl<T> Given<T> {
    /// The state behind an edge without a closure.
    pub fn enter<S: Takes<T>>(self) -> S::State {
        S::take(self.0)
    }

    /// The output of the execution.
    pub fn end<Output>(self) -> Output
    where
        T: EndsWith<Output>,
    {
        self.0.end()
    }
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

/// What copies inputs that may be needed again.
#[derive(Debug)]
pub struct Copies;

/// Copies a `T`.
#[diagnostic::on_unimplemented(
    message = "this state may need its input twice, for another attempt, a catcher, its body or a branch, but `{T}` is not `Clone`",
    label = "this input gets copied",
    note = "write `#[derive(Clone)]` on `{T}`"
)]
pub trait CopyOf<T> {
    /// A copy.
    fn copy(value: &T) -> T;
}

#[diagnostic::do_not_recommend]
impl<T: Clone> CopyOf<T> for Copies {
    fn copy(value: &T) -> T {
        value.clone()
    }
}

/// Copies a workflow that is started and left to itself.
#[diagnostic::on_unimplemented(
    message = "`{W}` is started here and may outlive its parent, so it is copied, but it is not `Clone`",
    label = "this workflow is left to itself",
    note = "write `#[derive(Clone)]` on `{W}`, with what its executions share in an `Arc`"
)]
pub trait CopyOfWorkflow<W> {
    /// A copy.
    fn copy(workflow: &W) -> W;
}

#[diagnostic::do_not_recommend]
impl<W: Clone> CopyOfWorkflow<W> for Copies {
    fn copy(workflow: &W) -> W {
        workflow.clone()
    }
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
