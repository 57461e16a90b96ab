//! `#[choice]`: decides where to go.

use super::{Fault, Record, Run};
use crate::workflow::Step;
use crate::{Next, Workflow};

impl<R: Record> Run<R> {
    /// Evaluates the body of a choice.
    pub fn choose<W: Workflow>(&mut self, body: impl FnOnce() -> Next<W>) -> Result<Next<W>, Fault> {
        self.evaluate("Choices", body)
    }

    /// Goes where a choice goes, and assigns what its leaf assigns.
    pub fn chosen<W: Workflow>(&mut self, next: Result<Next<W>, Fault>, variables: &mut W::Variables) -> Step<W> {
        let step = next.and_then(|next| {
            let (state, assign) = next.parts();
            if let Some(assign) = assign {
                assign(variables, &mut self.assigned)?;
            }
            Ok(Step::Next(state))
        });
        self.go(step)
    }
}
