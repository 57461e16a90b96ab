//! `#[fail]`: ends the execution with an error.

use serde::{Deserialize, Serialize};

use crate::expr::Lambda;

/// The failed end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fail {
    /// The error's name, as in `#[fail(error = "PollLimit")]`.
    pub error: Option<String>,
    /// What makes the cause from the input. `None`: there is no cause.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Lambda>,
}
