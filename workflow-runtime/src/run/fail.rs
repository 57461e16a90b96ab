//! `#[fail]`: ends the execution with an error.

use super::{Record, Run};
use crate::workflow::Step;
use crate::{Failure, Workflow};

impl<R: Record> Run<R> {
    /// Ends the execution with `error` and the cause that the body makes.
    pub fn fail<W: Workflow>(&mut self, error: &str, cause: impl FnOnce() -> String) -> Step<W> {
        let failure = match self.evaluate("Cause", cause) {
            Ok(cause) => Failure::new(error, cause),
            Err(fault) => fault.failure,
        };
        Step::Fail(failure)
    }
}
