//! What `#[workflow]` implements: [`Workflow`].

use std::future::Future;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use workflow_model::Definition;
use workflow_model::bounds::Bounds;
use workflow_model::machine::Mode;

#[cfg(feature = "lambda")]
use crate::lambda::{Invocation, Invoked};
use crate::raises::Raises;
use crate::run::{self, Off, Record, Run};
use crate::{Data, ExecutionError, Failure};

/// A state machine, made by `#[workflow]` from an `impl` block.
///
/// A workflow is a building block: the same type runs on its own, in an [`Engine`](crate::Engine), and nested in another one.
///
/// ```
/// # use workflow_runtime::prelude::*;
/// #
/// # pub struct Greeter;
/// #
/// # #[workflow(start = greet, timeout = "1m")]
/// # impl Greeter {
/// #     #[task(timeout = "10s", end)]
/// #     async fn greet(&self, name: String) -> String {
/// #         format!("Hello, {name}!")
/// #     }
/// # }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// assert_eq!(Greeter::NAME, "Greeter");
/// assert_eq!(Greeter.run("Ada".to_owned()).await?, "Hello, Ada!");
/// # Ok(())
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a workflow",
    label = "this type has no `#[workflow]`",
    note = "put `#[workflow(start = …, timeout = \"…\")]` on its `impl` block"
)]
pub trait Workflow: Sized + Send + Sync + 'static {
    /// What an execution is started with.
    type Input: Payload;
    /// What an execution ends with.
    type Output: Payload;
    /// One variant per state, with the state's input: all there is to know of an execution between two steps.
    #[doc(hidden)]
    type State: StateValue;
    /// What `#[workflow(variables = …)]` names, the other half of what there is to know of an execution between two steps; `()` where
    /// the workflow has no variables.
    type Variables: Payload + Default;

    /// The name, as in `PollService`.
    const NAME: &'static str;
    /// The longest time an execution may take.
    const TIMEOUT: Option<Duration>;
    /// What its executions take, at least and at most: time, events of the history, and state transitions.
    ///
    /// ```
    /// # use workflow_runtime::prelude::*;
    /// #
    /// # pub struct Greeter;
    /// #
    /// #[workflow(start = settle, timeout = "1m")]
    /// impl Greeter {
    ///     #[wait("5s", next = greet)]
    ///     fn settle(name: String);
    ///
    ///     #[task(timeout = "10s", end)]
    ///     async fn greet(&self, name: String) -> String {
    ///         format!("Hello, {name}!")
    ///     }
    /// }
    ///
    /// # use std::time::Duration;
    /// assert_eq!(Greeter::BOUNDS.shortest, Duration::from_secs(5));
    /// assert_eq!(Greeter::BOUNDS.longest, Some(Duration::from_secs(15)));
    /// assert_eq!(Greeter::BOUNDS.most_events, Some(9));
    /// ```
    ///
    /// What is nested is bounded as far as the states that nest it say; the command `check` knows more.
    const BOUNDS: Bounds;
    /// Whether it is a Standard workflow, an Express one, or one that is never exported.
    #[doc(hidden)]
    const MODE: Mode;
    #[doc(hidden)]
    const STATES: &'static [StateInfo];
    /// What the graph looks like, as a number: whatever is changed in it changes that.
    #[doc(hidden)]
    const FINGERPRINT: u64;
    /// What states were called before, and their positions.
    #[doc(hidden)]
    const FORMERLY: &'static [(&'static str, usize)] = &[];
    /// The errors that come out of it as a branch. Where a workflow is a branch of itself, through others as well, they have no end:
    /// rustc then names this constant, as one that it cannot evaluate.
    #[doc(hidden)]
    const NO_BRANCH_CONTAINS_ITSELF: &'static Raises;

    /// The graph with the shapes of its data: what an export and a picture are made of.
    fn definition() -> Definition;

    #[doc(hidden)]
    fn start(input: Self::Input) -> Self::State;

    #[doc(hidden)]
    fn drive<R: Record>(
        &self,
        state: Self::State,
        variables: &mut Self::Variables,
        run: &mut Run<R>,
    ) -> impl Future<Output = Result<Driven<Self::Output, Self::State>, Failure>> + Send;

    /// Runs one task, as the Lambda function behind it does. It is not asked to be `Send`, as rustc would say of each task that is not
    /// what it says of [`drive`](Workflow::drive).
    #[cfg(feature = "lambda")]
    #[doc(hidden)]
    fn invoke(&self, invocation: Invocation) -> impl Future<Output = Invoked> {
        std::future::ready(invocation.unknown(&[]))
    }

    /// Runs one execution in memory, to its end, within the caller's task.
    ///
    /// Nothing is recorded, and nothing is serialised between states. Dropping the future cancels the execution. To run many, to
    /// look at their histories, or to let them outlive the caller, use an [`Engine`](crate::Engine).
    ///
    /// # Errors
    ///
    /// When the execution fails, or takes longer than the workflow's timeout.
    ///
    /// # Panics
    ///
    /// When it has to wait outside of a tokio runtime whose time is enabled. A panic in the workflow itself fails the execution.
    fn run(&self, input: Self::Input) -> impl Future<Output = Result<Self::Output, ExecutionError>> + Send {
        run::execute(self, input, Off::new(Self::NAME))
    }
}

/// What may cross an edge, and start or end an execution. It is implemented for all that serde and [`Data`] are derived for.
///
/// ```
/// use serde::{Deserialize, Serialize};
/// use workflow_runtime::{Data, Payload};
///
/// #[derive(Serialize, Deserialize, Data)]
/// struct Job {
///     document: String,
/// }
///
/// fn crosses<T: Payload>() {}
///
/// crosses::<Job>();
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot cross an edge of a workflow",
    label = "this needs `Serialize`, `Deserialize` and `Data`, and to be `Send`",
    note = "write `#[derive(Serialize, Deserialize, Data)]` on it, and on each type that it is made of",
    note = "on a field of a foreign type that no expression looks into, `#[data(opaque)]` stands for `Data`"
)]
pub trait Payload: Serialize + DeserializeOwned + Data + Send + 'static {}

#[diagnostic::do_not_recommend]
impl<T: Serialize + DeserializeOwned + Data + Send + 'static> Payload for T {}

/// What the generated enum of states can tell of its value.
#[doc(hidden)]
pub trait StateValue: Sized + Send + 'static {
    /// Whether some input changes on its way through JSON: see [`Data::LOSSY`].
    const LOSSY: bool;

    /// The position of the state in [`Workflow::STATES`].
    fn index(&self) -> usize;

    /// The state's input as JSON.
    fn input(&self) -> Result<String, serde_json::Error>;

    /// The state at this position, with its input as JSON.
    fn read(position: usize, input: &str) -> Result<Self, serde_json::Error>;

    /// The state with its input as it is after it crossed an edge.
    fn cross(self) -> Result<Self, Failure>;
}

/// How far an execution was driven.
#[doc(hidden)]
#[derive(Debug)]
pub enum Driven<O, S> {
    /// To its end.
    Ended(O),
    /// To a state that waits. It is driven on from there, by the same [`Run`], when the wait is over.
    Parked(S),
}

/// What a step leads to.
#[doc(hidden)]
#[derive(Debug)]
pub enum Step<W: Workflow> {
    /// On to another state.
    Next(W::State),
    /// To nothing yet: the state waits.
    Park(W::State),
    /// The end of the execution.
    Succeed(W::Output),
    /// The end of the execution.
    Fail(Failure),
}

/// What is known of a state without its input.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct StateInfo {
    /// The name in Amazon States Language.
    pub name: &'static str,
    /// The kind, as Step Functions' events name it.
    pub kind: StateType,
    /// Whether something in it asks when it was entered.
    pub is_timed: bool,
}

/// The type of a state in Amazon States Language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StateType {
    /// `Task`.
    Task,
    /// `Parallel`.
    Parallel,
    /// `Map`.
    Map,
    /// `Choice`.
    Choice,
    /// `Wait`.
    Wait,
    /// `Pass`.
    Pass,
    /// `Succeed`.
    Succeed,
    /// `Fail`.
    Fail,
}
