//! What generated code asks of an edge: that what is given is what is taken.

use super::*;

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
