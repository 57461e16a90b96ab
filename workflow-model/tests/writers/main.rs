//! What is written of a workflow: its definition in Amazon States Language, and its pictures.
//!
//! The workflows are built by hand, as the macro and `#[derive(Data)]` would build them.

mod asl;
mod branches;
mod build;
mod files;
mod interpreter;
mod pictures;
mod poll_service;
mod runs;
mod track_parcel;
mod translate;
