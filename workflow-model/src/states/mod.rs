//! The kinds of state, one file each.

mod choice;
mod distributed;
mod fail;
mod function;
mod map;
mod nested;
mod parallel;
mod pass;
mod poll;
mod service;
mod succeed;
mod task;
mod wait;

use serde::{Deserialize, Serialize};

pub use choice::Choice;
pub use distributed::{CsvDelimiter, Distributed, InputType, ItemBatcher, ItemReader, ResultWriter};
pub use fail::Fail;
pub use function::{Function, FunctionMistake, FunctionName};
pub use map::{ItemSelector, Map};
pub use nested::{ChildRef, Nested};
pub use parallel::{Branch, BranchInput, Parallel};
pub use pass::Pass;
pub use poll::{Poll, PollState};
pub use service::Service;
pub use succeed::Succeed;
pub use task::{Backoff, Catcher, ErrorName, ErrorRef, Jitter, Retrier, StatesError, Task};
pub use wait::{Wait, WaitTime, WaitUnit};

use crate::machine::{Next, Transition};

/// What the kind of a state adds to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(clippy::large_enum_variant, reason = "there is one per state, and they are not moved about")]
pub enum StateKind {
    /// `#[task]`: runs the user's code.
    Task(Task),
    /// `#[poll]`: runs the user's code until it has an answer.
    Poll(Poll),
    /// `#[nested]`: runs another workflow as an execution of its own.
    Nested(Nested),
    /// `#[parallel]`: runs several workflows at once.
    Parallel(Parallel),
    /// `#[map]`: runs a workflow for each item of a list.
    Map(Box<Map>),
    /// `#[choice]`: decides where to go.
    Choice(Choice),
    /// `#[wait]`: lets time pass.
    Wait(Wait),
    /// `#[pass]`: transforms data.
    Pass(Pass),
    /// `#[succeed]`: ends the execution with its output.
    Succeed(Succeed),
    /// `#[fail]`: ends the execution with an error.
    Fail(Fail),
}

impl StateKind {
    /// The attribute that declares this kind of state, as in `task`.
    pub fn attribute(&self) -> &'static str {
        match self {
            StateKind::Task(_) => "task",
            StateKind::Poll(_) => "poll",
            StateKind::Nested(_) => "nested",
            StateKind::Parallel(_) => "parallel",
            StateKind::Map(_) => "map",
            StateKind::Choice(_) => "choice",
            StateKind::Wait(_) => "wait",
            StateKind::Pass(_) => "pass",
            StateKind::Succeed(_) => "succeed",
            StateKind::Fail(_) => "fail",
        }
    }

    /// The names in Amazon States Language of the states that a state of this kind becomes, where it is called `name`: see
    /// [`State::asl_names`](crate::State::asl_names).
    pub fn asl_names(&self, name: &str) -> Vec<String> {
        match self {
            StateKind::Poll(poll) => poll.states().iter().map(|state| state.asl_name(name)).collect(),
            _ => vec![name.to_owned()],
        }
    }

    /// Whether an execution ends in this state by its kind alone.
    pub fn is_terminal(&self) -> bool {
        matches!(self, StateKind::Succeed(_) | StateKind::Fail(_))
    }

    /// What follows the state. `None` where the kind of state has no `next`: a choice, or an end.
    pub fn next(&self) -> Option<&Next> {
        match self {
            StateKind::Task(task) => Some(&task.next),
            StateKind::Poll(poll) => Some(&poll.next),
            StateKind::Nested(nested) => Some(&nested.next),
            StateKind::Parallel(parallel) => Some(&parallel.next),
            StateKind::Map(map) => Some(&map.next),
            StateKind::Wait(wait) => Some(&wait.next),
            StateKind::Pass(pass) => Some(&pass.next),
            StateKind::Choice(_) | StateKind::Succeed(_) | StateKind::Fail(_) => None,
        }
    }

    /// The retriers of the state, if its kind has any.
    pub fn retriers(&self) -> &[Retrier] {
        match self {
            StateKind::Task(task) => &task.retry,
            StateKind::Poll(poll) => &poll.retry,
            StateKind::Nested(nested) => &nested.retry,
            StateKind::Parallel(parallel) => &parallel.retry,
            StateKind::Map(map) => &map.retry,
            _ => &[],
        }
    }

    /// The catchers of the state, if its kind has any.
    pub fn catchers(&self) -> &[Catcher] {
        match self {
            StateKind::Task(task) => &task.catch,
            StateKind::Poll(poll) => &poll.catch,
            StateKind::Nested(nested) => &nested.catch,
            StateKind::Parallel(parallel) => &parallel.catch,
            StateKind::Map(map) => &map.catch,
            _ => &[],
        }
    }

    /// Whether the state waits for a token, which anybody may send who has it.
    pub fn is_callback(&self) -> bool {
        match self {
            StateKind::Task(task) => task.callback,
            StateKind::Nested(nested) => nested.is_callback(),
            _ => false,
        }
    }

    /// The edges that leave the state, in source order: its successors first, a poll's `on_deadline` behind its `next`, then its
    /// catchers'.
    pub fn transitions(&self) -> Vec<&Transition> {
        if let StateKind::Choice(choice) = self {
            return choice.transitions.iter().collect();
        }
        let successor = self.next().and_then(Next::transition);
        let deadline = match self {
            StateKind::Poll(poll) => poll.on_deadline.as_ref(),
            _ => None,
        };
        successor.into_iter().chain(deadline).chain(self.catchers().iter().map(|catcher| &catcher.transition)).collect()
    }
    /// The workflows that run inside of this state: the branches of a parallel state, or what a map runs for each item.
    pub fn branches(&self) -> &[Branch] {
        match self {
            StateKind::Parallel(parallel) => &parallel.branches,
            StateKind::Map(map) => std::slice::from_ref(&map.processor),
            _ => &[],
        }
    }
}
