//! `#[nested]`: another workflow, run as an execution of its own.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Catcher, Retrier};
use crate::expr::Lambda;
use crate::integrations::Pattern;
use crate::machine::{Next, TypeRef};

/// A nested workflow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Nested {
    /// Which workflow it is.
    pub child: ChildRef,
    /// What the parent waits for, and so what the result is: of `.sync:2` the child's output, of `.sync` the description of its
    /// execution, of a plain request the answer to the start, of a callback what is sent with its token.
    #[serde(default = "sync_2")]
    pub pattern: Pattern,
    /// What makes the child's input. `None`: the state's input is the child's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub input: Option<Lambda>,
    /// The type of the child's input. `None`: it is the state's input.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub input_type: Option<TypeRef>,
    /// The longest time the child may take; without one the child's own timeout holds. A callback needs one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeout: Option<Duration>,
    /// The longest time between two heartbeats that are sent with a callback's token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heartbeat: Option<Duration>,
    /// The type of the result.
    pub output: TypeRef,
    /// Tried in order when the child fails.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub retry: Vec<Retrier>,
    /// Tried in order when no retrier takes the error.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub catch: Vec<Catcher>,
    /// What follows.
    pub next: Next,
}

impl Nested {
    /// Whether the parent waits for the end of the child's execution.
    pub fn is_awaited(&self) -> bool {
        matches!(self.pattern, Pattern::Sync | Pattern::Sync2)
    }

    /// Whether the state ends when somebody sends its token, whatever becomes of the child.
    pub fn is_callback(&self) -> bool {
        self.pattern == Pattern::WaitForTaskToken
    }
}

fn sync_2() -> Pattern {
    Pattern::Sync2
}

/// An index into [`StateMachine::children`](crate::StateMachine::children).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChildRef(pub usize);
