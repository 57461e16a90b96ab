//! What the compiler says executions take, at least and at most, against executions under the paused clock.

mod counters;
mod executions;
mod history_limit;
