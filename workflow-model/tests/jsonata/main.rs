//! Portable expressions as JSONata: what is written, and that it means what Rust means.

mod build;
mod choices;
mod construction;
mod documents;
mod enums;
mod meaning;
mod methods;
mod nesting;
mod order;
mod poll_service;
mod refusals;
mod support;
mod texts;
