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

impl Wait {
    /// Tells of which kind the time is that the body computes. A time that the attribute says stays as it is.
    pub fn set_unit(&mut self, unit: WaitUnit) {
        let known = match unit {
            WaitUnit::Seconds => return,
            WaitUnit::Length => WaitTime::Length,
            WaitUnit::Moment => WaitTime::Until,
        };
        if let WaitTime::Seconds(body) = &self.time {
            self.time = known(body.clone());
        }
    }
}

/// What the body of a [`Wait`] computes, which its type says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitUnit {
    /// A whole number: `u64`.
    Seconds,
    /// A `Duration`.
    Length,
    /// A `jiff::Timestamp`, or the text of one.
    Moment,
}

/// How long a [`Wait`] lasts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitTime {
    /// Nothing readable was written: a finding.
    Missing,
    /// `#[wait("10s")]`.
    Fixed(Duration),
    /// A body that computes whole seconds from the input. Every body is taken for one until the type of what it gives is known,
    /// which is in a [`Definition`](crate::Definition).
    Seconds(Lambda),
    /// A body that computes a `Duration` from the input, whose leaves are `Duration::from_secs(…)`.
    Length(Lambda),
    /// A body that computes the moment at which the wait ends from the input, as RFC 3339 writes it.
    Until(Lambda),
}
