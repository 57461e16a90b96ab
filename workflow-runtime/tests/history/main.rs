//! Native histories against histories that were recorded on AWS.
//!
//! Each test runs a workflow of the same shape as a recorded definition, and compares event by event: types, numbers, names,
//! inputs, outputs, errors and causes. [`compare`] says what is not compared.

mod activity;
mod assign;
mod callback;
mod compare;
mod flow;
mod lambda;
mod map;
mod map_run;
mod nested;
mod parallel;
mod payload;
mod service;
mod service_answer;
#[cfg(feature = "jiff")]
mod wait;
