//! The checks, rule by rule: each with a machine that breaks it and a twin that does not. What a finding says is part of
//! the product, so the texts are compared whole.

mod cycles;
mod deadline;
mod errors;
mod graph;
mod history;
mod kinds;
mod names;
mod numbers;
mod poll;
mod random;
mod sample;
mod time;
