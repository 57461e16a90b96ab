//! Portable expressions as JSONata: what is written, and that it means what Rust means.

mod build;
mod poll_service;
mod support;
