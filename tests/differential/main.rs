//! What a workflow does natively, its export does: generated inputs through every construct of the portable expressions, the native
//! run against the exported JSONata, byte by byte.
//!
//! With `JSONATA_CASES=file` each evaluated expression is also written to a file, for the reference implementation to judge.

#![allow(
    clippy::complexity,
    clippy::perf,
    clippy::style,
    reason = "expressions are tested in each form that people write, the long ones too"
)]

mod agreement;
mod blocks;
mod context;
mod coverage;
mod documents;
mod enums;
mod exported;
mod flow;
mod inherited;
mod judge;
mod numbers;
mod options;
mod outcome;
mod sequences;
mod strings;
mod structs;
mod traps;
mod values;
mod variables;
