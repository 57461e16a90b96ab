//! What a task returns: a value, or a `Result`.

use std::convert::Infallible;

use crate::{Failure, Payload, TaskError};

/// What a `#[task]` may return: a [`Payload`], or a `Result` of one and a [`TaskError`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the result of a task",
    label = "a task returns what can cross an edge, or a `Result` of that and a `TaskError`",
    note = "write `#[derive(Serialize, Deserialize, Data)]` on the type of the value",
    note = "write `#[derive(Debug, thiserror::Error, TaskError)]` on the type of the error"
)]
pub trait TaskReturn {
    /// What the task gives when it succeeds.
    type Output: Payload;
    /// What it fails with; [`Infallible`] when it cannot.
    type Error;

    #[doc(hidden)]
    fn into_result(self) -> Result<Self::Output, Failure>;
}

#[diagnostic::do_not_recommend]
impl<T: Payload> TaskReturn for T {
    type Output = T;
    type Error = Infallible;

    fn into_result(self) -> Result<T, Failure> {
        Ok(self)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Payload, E: TaskError> TaskReturn for Result<T, E> {
    type Output = T;
    type Error = E;

    fn into_result(self) -> Result<T, Failure> {
        self.map_err(|error| Failure::of_error(&error))
    }
}
