//! What expressions may know of their execution: [`ContextObject`].

/// What a portable expression may know of its execution, under the name `context`: Step Functions' context object.
///
/// The body of a `#[choice]`, a `#[pass]`, a `#[wait]`, a `#[fail]` or a `#[nested]`, and each closure on an edge, may read it where
/// none of their own names is `context`. Natively it is read from the run, and exported it is `$states.context`. In a `#[task]`, a
/// [`TaskContext`](crate::TaskContext) tells the same.
///
/// ```
/// use serde::{Deserialize, Serialize};
/// use workflow_runtime::prelude::*;
///
/// #[derive(Serialize, Deserialize, Data)]
/// pub struct Receipt { pub order: u32, pub execution: String, pub at: String }
///
/// pub struct Shop;
///
/// #[workflow(start = pack, timeout = "1m")]
/// impl Shop {
///     #[pass(end)]
///     fn pack(order: u32) -> Receipt {
///         Receipt { order, execution: context.execution.name, at: context.state.entered_time }
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), ExecutionError> {
/// let receipt = Shop.run(7).await?;
/// assert_eq!((receipt.execution.len(), receipt.at.len()), (36, "2026-11-22T21:55:51.000Z".len()));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ContextObject<State = StateContext> {
    /// The execution.
    pub execution: ExecutionContext,
    /// The state that the expression belongs to.
    pub state: State,
    /// The workflow.
    pub state_machine: StateMachineContext,
}

/// `context.execution`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExecutionContext {
    /// The ARN of the execution; natively [`ExecutionId::arn`](crate::ExecutionId::arn).
    pub id: String,
    /// The execution's own name.
    pub name: String,
    /// When the execution began, in UTC and to the millisecond, as in `2026-11-22T21:55:51.250Z`.
    pub start_time: String,
}

/// `context.state`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StateContext {
    /// The name of the state in Amazon States Language, as in `CallService`.
    pub name: String,
    /// When the state was entered, in UTC and to the millisecond, as in `2026-11-22T21:55:51.250Z`.
    pub entered_time: String,
}

/// `context.state` behind the attempts of a `#[task]` or a `#[nested]`: in the closures of its `next`, `end` and `catch`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TaskStateContext {
    /// The name of the state in Amazon States Language, as in `CallService`.
    pub name: String,
    /// When the state was entered, in UTC and to the millisecond, as in `2026-11-22T21:55:51.250Z`.
    pub entered_time: String,
    /// How often it was tried again: 0 where the first attempt decided.
    pub retry_count: u32,
}

/// `context.state_machine`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StateMachineContext {
    /// The ARN of the state machine.
    pub id: String,
    /// The name of the state machine: natively the workflow's, on AWS the one that it was deployed under.
    pub name: String,
}
