//! Why a workflow has no document in Amazon States Language.

use std::fmt;

use crate::jsonata::Refusal;

/// Why a workflow could not be written.
#[derive(Debug)]
pub enum WriteError {
    /// A `#[workflow(native)]` workflow is free of the rules of Step Functions, so it is never exported.
    Native {
        /// The workflow.
        workflow: String,
    },
    /// A portable expression has no translation.
    Expression {
        /// The workflow.
        workflow: String,
        /// The Rust name of the state.
        state: String,
        /// Which expression of the state it is, as in `the closure of `next``.
        part: &'static str,
        /// What cannot be translated, and what to do instead.
        refusal: Refusal,
    },
    /// The machine has not passed the [checks](crate::check).
    Unchecked {
        /// The workflow.
        workflow: String,
        /// What the checks refuse.
        what: String,
    },
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WriteError::Native { workflow } => write!(
                f,
                "`{workflow}` is a `#[workflow(native)]`, which may do what Step Functions cannot, so it is never \
                 exported; remove `native` to have it checked by the rules of Step Functions and exported"
            ),
            WriteError::Expression { workflow, state, part, refusal } => {
                write!(f, "{part} of `{workflow}::{state}` has no translation to JSONata: {refusal}")
            }
            WriteError::Unchecked { workflow, what } => {
                write!(f, "`{workflow}` cannot be exported before it passes the checks: {what}")
            }
        }
    }
}

impl std::error::Error for WriteError {}
