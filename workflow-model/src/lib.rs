//! What a workflow is.
//!
//! A [`StateMachine`] is the graph that `#[workflow]` reads from an `impl` block: its states, its transitions, its
//! retriers and catchers, and the portable expressions on its edges. It knows neither Rust tokens nor running tasks. The
//! macro builds one, [checks](check) it and embeds it in the user's program; there it is joined with the [shapes](shape)
//! of the data that crosses its edges and becomes a [`Definition`], which the writers read: Amazon States Language
//! ([`asl`]) and pictures ([`picture`]).
//!
//! Users meet these types through `workflow-runtime`, which re-exports what they need.

#![warn(missing_docs)]

pub mod asl;
pub mod bounds;
pub mod check;
pub mod definition;
#[cfg(feature = "deploy")]
pub mod deploy;
pub mod duration;
pub mod expr;
pub mod finding;
pub mod integrations;
pub mod jsonata;
pub mod machine;
pub mod name;
pub mod picture;
pub mod scope;
pub mod shape;
pub mod states;

pub use definition::Definition;
pub use finding::{Code, Finding, Place};
pub use machine::{State, StateMachine};
