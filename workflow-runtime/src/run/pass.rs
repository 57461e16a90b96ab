//! `#[pass]`: transforms data.

use super::{Record, Run};
use crate::Workflow;
use crate::workflow::Step;

impl<R: Record> Run<R> {
    /// Evaluates the body of a pass together with what follows from it.
    pub fn pass<W: Workflow>(&mut self, step: impl FnOnce() -> Step<W>) -> Step<W> {
        let step = self.evaluate("Output", step);
        self.go(step)
    }
}
