//! Stores: what all of them do, and what each does besides.

mod memory;
mod refused;
mod steps;
mod suite;
