//! Workflows where names mean something else than usual: the dependency has another name, there is no prelude, the standard library's
//! names are the user's. They compile as they do everywhere else, and without a warning.

#![deny(warnings, missing_docs)]
#![warn(clippy::pedantic)]

pub mod attributes;
pub mod callback;
pub mod generic;
pub mod names;
pub mod no_prelude;
pub mod places;
pub mod shadowed;
pub mod variables;
