//! `#[wait]`: lets time pass.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::expr::Lambda;
use crate::machine::Next;

/// A wait. What follows is given the state's input.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wait {
    /// How long.
    pub time: WaitTime,
    /// What follows.
    pub next: Next,
}

/// How long a [`Wait`] lasts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitTime {
    /// Nothing readable was written: a finding.
    Missing,
    /// `#[wait("10s")]`.
    Fixed(Duration),
    /// A body that computes whole seconds from the input.
    Seconds(Lambda),
}
