//! What names must be in a document that has the states of branches in it.
//!
//! The names within one block are checked when it is compiled, which does not know those of its branches.

use std::collections::BTreeSet;

use super::error::WriteError;
use crate::check::LONGEST_NAME;
use crate::scope::Scope;

/// Refuses names that are too long, or that two states have.
pub(super) fn check(workflow: &str, scope: &Scope) -> Result<(), WriteError> {
    let mut seen = BTreeSet::new();
    for name in scope.names() {
        let characters = name.chars().count();
        if characters > LONGEST_NAME {
            let (workflow, name) = (workflow.to_owned(), name.to_owned());
            return Err(WriteError::LongName { workflow, name, characters });
        }
        if !seen.insert(name) {
            return Err(WriteError::SameName { workflow: workflow.to_owned(), name: name.to_owned() });
        }
    }
    Ok(())
}
