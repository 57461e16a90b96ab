//! What a task returns: a value, or a `Result`.

use std::convert::Infallible;

use crate::{Data, Failure, TaskError};

/// What a `#[task]` may return: a value of a [`Data`] type, or a `Result` of one and a [`TaskError`].
///
/// ```
/// use std::convert::Infallible;
/// use workflow_runtime::{TaskError, TaskReturn};
///
/// fn output<R: TaskReturn<Output = u32, Error = E>, E>() {}
///
/// #[derive(Debug, thiserror::Error, TaskError)]
/// #[error("there is none")]
/// struct Missing;
///
/// output::<u32, Infallible>();
/// output::<Result<u32, Missing>, Missing>();
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the result of a task",
    label = "a task returns a `Data` type, or `Result<T, E>` with `T: Data` and `E: TaskError`",
    note = "put `#[derive(Serialize, Deserialize, Data)]` on the result's type, and `#[derive(TaskError)]` on the error's"
)]
pub trait TaskReturn {
    /// What the task gives when it succeeds.
    type Output;
    /// What it fails with; [`Infallible`] when it cannot.
    type Error;

    #[doc(hidden)]
    fn into_result(self) -> Result<Self::Output, Failure>;
}

impl<T: Data> TaskReturn for T {
    type Output = T;
    type Error = Infallible;

    fn into_result(self) -> Result<T, Failure> {
        Ok(self)
    }
}

impl<T: Data, E: TaskError> TaskReturn for Result<T, E> {
    type Output = T;
    type Error = E;

    fn into_result(self) -> Result<T, Failure> {
        self.map_err(|error| Failure::of_error(&error))
    }
}
