//! `#[choice]`: decides where to go.

use super::{Record, Run};
use crate::workflow::Step;
use crate::{Next, Workflow};

impl<R: Record> Run<R> {
    /// Evaluates the body of a choice.
    pub fn choose<W: Workflow>(&mut self, body: impl FnOnce() -> Next<W>) -> Step<W> {
        let next = self.evaluate("Choices", body);
        self.go(next.map(|next| Step::Next(next.__state())))
    }
}
