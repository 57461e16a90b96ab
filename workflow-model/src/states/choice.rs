//! `#[choice]`: decides where to go.

use serde::{Deserialize, Serialize};

use crate::expr::Lambda;
use crate::machine::Transition;

/// A choice: a portable expression whose every leaf is an [`Expr::Goto`](crate::expr::Expr::Goto).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// The body, with the state's input as its one parameter.
    pub body: Lambda,
    /// The leaves' targets in source order, without their payloads: the edges of the graph.
    pub transitions: Vec<Transition>,
}
