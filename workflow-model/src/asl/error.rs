//! Why a workflow has no document in Amazon States Language.

use std::fmt;

use crate::check::LONGEST_NAME;
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
    /// A name is too long once it says in which branch its state is.
    LongName {
        /// The workflow.
        workflow: String,
        /// The name.
        name: String,
        /// How many characters it has.
        characters: usize,
    },
    /// Two states have the same name, although the one in a branch is called by where it is.
    SameName {
        /// The workflow.
        workflow: String,
        /// The name.
        name: String,
    },
    /// A variable cannot be one on AWS.
    Variable {
        /// The workflow.
        workflow: String,
        /// The variable.
        variable: String,
        /// Why not, and what to do instead.
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
            WriteError::LongName { workflow, name, characters } => write!(
                f,
                "the state `{name}` of `{workflow}` has a name of {characters} characters, but Step Functions takes at \
                 most {LONGEST_NAME}; another state has its short name, so it is called by where it is: give it a name of \
                 its own with `name = \"…\"`"
            ),
            WriteError::SameName { workflow, name } => write!(
                f,
                "two states of `{workflow}` are called `{name}`, but names are unique in the whole definition; give one of \
                 them another name with `name = \"…\"`"
            ),
            WriteError::Variable { workflow, variable, refusal } => {
                write!(f, "the variable `{variable}` of `{workflow}` cannot be exported: {refusal}")
            }
            WriteError::Unchecked { workflow, what } => {
                write!(f, "`{workflow}` cannot be exported before it passes the checks: {what}")
            }
        }
    }
}

impl std::error::Error for WriteError {}
