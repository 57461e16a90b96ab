//! The client against answers of Step Functions in the form of its API, with the names, the fields and the types of AWS.

mod executions;
mod service;
mod sync;
mod tokens;
mod worker;
mod workflows;
