//! What a task returns: a value, or a `Result`.

use std::convert::Infallible;

use crate::history::Resource;
use crate::{Failure, Payload, TaskError};

/// What a `#[task]` may return: a [`Payload`], or a `Result` of one and a [`TaskError`].
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
    label = "a task returns what can cross an edge, or a `Result` of that and a `TaskError`",
    note = "write `#[derive(Serialize, Deserialize, Data)]` on the type of the value",
    note = "write `#[derive(Debug, thiserror::Error, TaskError)]` on the type of the error"
)]
pub trait TaskReturn: Sized {
    /// What the task gives when it succeeds.
    type Output;
    /// What it fails with; [`Infallible`] when it cannot.
    type Error;

    #[doc(hidden)]
    const RETURNED: Returned<Self, Self::Output>;

    /// The names of the errors that it fails with, as [`TaskError::NAMES`] has them.
    #[doc(hidden)]
    const RAISES: &'static [(&'static str, &'static str)];
}

/// What is done with a `R` that a task returned, and with the `T` in it.
#[doc(hidden)]
#[derive(Debug)]
pub struct Returned<R, T> {
    pub(crate) into_result: fn(R) -> Result<T, Raised>,
    pub(crate) to_json: fn(&T) -> serde_json::Result<String>,
}

/// The error that a task returned.
#[derive(Debug)]
pub(crate) struct Raised {
    pub(crate) error: &'static str,
    pub(crate) message: String,
}

impl Raised {
    /// What the execution sees of it: a Lambda function wraps the message into JSON, any other service gives it as it is.
    pub(crate) fn in_resource(self, resource: &Resource) -> Failure {
        match resource.is_lambda() {
            true => Failure::of_task(self.error, &self.message),
            false => Failure::new(self.error, self.message),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T: Payload> TaskReturn for T {
    type Output = T;
    type Error = Infallible;

    const RETURNED: Returned<T, T> = Returned { into_result: Ok, to_json: serde_json::to_string };
    const RAISES: &'static [(&'static str, &'static str)] = &[];
}

#[diagnostic::do_not_recommend]
impl<T: Payload, E: TaskError> TaskReturn for Result<T, E> {
    type Output = T;
    type Error = E;

    const RETURNED: Returned<Self, T> = Returned {
        into_result: |returned| returned.map_err(|error| Raised { error: error.name(), message: error.to_string() }),
        to_json: serde_json::to_string,
    };
    const RAISES: &'static [(&'static str, &'static str)] = E::NAMES;
}
