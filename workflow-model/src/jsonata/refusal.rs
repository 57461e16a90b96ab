//! What cannot be translated.

use std::error::Error;
use std::fmt;

/// An expression that has no equal in JSONata: what it is in Rust's words, why, and what to do instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The whole sentence.
    pub message: String,
}

impl Refusal {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Refusal { message: message.into() }
    }

    /// A refusal with the remedy that always works.
    pub(super) fn needs_task(problem: impl fmt::Display) -> Self {
        Refusal::new(format!("{problem}; do it in a `#[task]`"))
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for Refusal {}
