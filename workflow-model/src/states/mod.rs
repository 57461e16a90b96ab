//! The kinds of state, one file each.

mod choice;
mod fail;
mod nested;
mod pass;
mod succeed;
mod task;
mod wait;

use serde::{Deserialize, Serialize};

pub use choice::Choice;
pub use fail::Fail;
pub use nested::{ChildRef, Nested};
pub use pass::Pass;
pub use succeed::Succeed;
pub use task::{Backoff, Catcher, ErrorName, ErrorRef, Jitter, Retrier, StatesError, Task};
pub use wait::{Wait, WaitTime};

use crate::machine::Transition;

/// What the kind of a state adds to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StateKind {
    /// `#[task]`: runs the user's code.
    Task(Task),
    /// `#[nested]`: runs another workflow as an execution of its own.
    Nested(Nested),
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
            StateKind::Nested(_) => "nested",
            StateKind::Choice(_) => "choice",
            StateKind::Wait(_) => "wait",
            StateKind::Pass(_) => "pass",
            StateKind::Succeed(_) => "succeed",
            StateKind::Fail(_) => "fail",
        }
    }

    /// Whether an execution ends in this state by its kind alone.
    pub fn is_terminal(&self) -> bool {
        matches!(self, StateKind::Succeed(_) | StateKind::Fail(_))
    }

    /// The edges that leave the state, in source order: its successors first, then its catchers'.
    pub fn transitions(&self) -> Vec<&Transition> {
        match self {
            StateKind::Task(task) => {
                task.next.transition().into_iter().chain(task.catch.iter().map(|catcher| &catcher.transition)).collect()
            }
            StateKind::Nested(nested) => nested
                .next
                .transition()
                .into_iter()
                .chain(nested.catch.iter().map(|catcher| &catcher.transition))
                .collect(),
            StateKind::Choice(choice) => choice.transitions.iter().collect(),
            StateKind::Wait(wait) => wait.next.transition().into_iter().collect(),
            StateKind::Pass(pass) => pass.next.transition().into_iter().collect(),
            StateKind::Succeed(_) | StateKind::Fail(_) => Vec::new(),
        }
    }
}
