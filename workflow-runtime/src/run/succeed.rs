//! `#[succeed]`: ends the execution with its input as the output.

use super::{Record, Run};
use crate::Workflow;
use crate::workflow::Step;

impl<R: Record> Run<R> {
    /// Ends the execution.
    pub fn succeed<W: Workflow>(&mut self, output: W::Output) -> Step<W> {
        Step::Succeed(output)
    }
}
