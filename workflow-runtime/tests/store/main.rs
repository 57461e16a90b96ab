//! Stores: what all of them do, and what each does besides.

#[cfg(feature = "sqlite")]
mod folder;
mod memory;
mod refused;
mod removed;
#[cfg(feature = "sqlite")]
mod sqlite;
mod steps;
mod suite;
