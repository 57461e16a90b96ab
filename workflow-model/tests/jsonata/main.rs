//! Portable expressions as JSONata: what is written, and that it means what Rust means.

mod build;
mod construction;
mod enums;
mod meaning;
mod order;
mod poll_service;
mod support;
mod texts;
