//! `#[pass]`: transforms data.

use super::{Fault, Record, Run};

impl<R: Record> Run<R> {
    /// Evaluates the body of a pass.
    pub fn pass<T>(&mut self, body: impl FnOnce() -> T) -> Result<T, Fault> {
        self.evaluate("Output", body)
    }
}
