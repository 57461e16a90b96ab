//! What executions take, at least and at most: machine by machine, and against simulated executions of random machines.

#[path = "../check/sample.rs"]
#[allow(dead_code, reason = "the checks need more of it")]
mod sample;

mod counted;
mod examples;
mod random;
mod simulate;
