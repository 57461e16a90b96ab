//! `#[pass]`: transforms data.

use serde::{Deserialize, Serialize};

use crate::expr::Lambda;
use crate::machine::{Next, TypeRef};

/// A pass: a portable expression from the input to the result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pass {
    /// The body. `None`: the result is the input.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Lambda>,
    /// The type of the result.
    pub output: Option<TypeRef>,
    /// What follows.
    pub next: Next,
}
