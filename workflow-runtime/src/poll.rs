//! What a `#[poll]` answers: [`Poll`].

use std::convert::Infallible;

use serde::{Deserialize, Serialize};

use crate::task_return::Returned;
use crate::{Data, Payload, TaskError, TaskReturn};

/// What a `#[poll]` answers: not yet, or the value.
///
/// It is not [`std::task::Poll`], though named alike: that one promises to wake whoever asked, and has no JSON. A file that needs both
/// names the other one by its path, `std::task::Poll`; an item or an import of the name `Poll` hides the one of the prelude.
///
/// In JSON it is `{"status":"PENDING"}`, or `{"status":"READY","value":…}`.
///
/// ```
/// use workflow_runtime::prelude::*;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let answer = Poll::Ready(7);
/// assert_eq!(serde_json::to_string(&answer)?, r#"{"status":"READY","value":7}"#);
/// assert_eq!(serde_json::to_string(&Poll::<u32>::Pending)?, r#"{"status":"PENDING"}"#);
/// assert_eq!(Poll::from(Some(7)), answer);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Data)]
#[serde(tag = "status", content = "value", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Poll<T> {
    /// There is no answer yet: ask again later.
    Pending,
    /// The answer.
    Ready(T),
}

impl<T> Poll<T> {
    /// Whether there is an answer.
    ///
    /// ```
    /// use workflow_runtime::Poll;
    ///
    /// assert!(Poll::Ready("done").is_ready());
    /// ```
    pub fn is_ready(&self) -> bool {
        matches!(self, Poll::Ready(_))
    }

    /// Whether there is none yet.
    ///
    /// ```
    /// use workflow_runtime::Poll;
    ///
    /// assert!(Poll::<u32>::Pending.is_pending());
    /// ```
    pub fn is_pending(&self) -> bool {
        !self.is_ready()
    }

    /// The same with another answer.
    ///
    /// ```
    /// use workflow_runtime::Poll;
    ///
    /// assert_eq!(Poll::Ready(6).map(|pages| pages * 7), Poll::Ready(42));
    /// ```
    pub fn map<U>(self, answer: impl FnOnce(T) -> U) -> Poll<U> {
        match self {
            Poll::Pending => Poll::Pending,
            Poll::Ready(value) => Poll::Ready(answer(value)),
        }
    }
}

impl<T> From<Option<T>> for Poll<T> {
    /// `None` is pending.
    fn from(answer: Option<T>) -> Self {
        answer.map_or(Poll::Pending, Poll::Ready)
    }
}

/// What a `#[poll]` may return.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the result of a poll",
    label = "a poll returns a `Poll` of what can cross an edge, or a `Result` of that and a `TaskError`",
    note = "return `Poll::Pending` or `Poll::Ready(value)` of `workflow_runtime::Poll`, or `Ok` of one of them",
    note = "write `#[derive(Serialize, Deserialize, Data)]` on the type of the value",
    note = "write `#[derive(Debug, thiserror::Error, TaskError)]` on the type of the error"
)]
pub trait PollReturn: Sized {
    /// What `Ready` holds.
    type Value;
    /// What it fails with; [`Infallible`] when it cannot.
    type Error;

    /// What is done with it.
    const RETURNED: Returned<Self, Poll<Self::Value>>;
    /// The names of the errors that it fails with.
    const RAISES: &'static [(&'static str, &'static str)];

    /// The JSON of an answer.
    fn answer_to_json(answer: &Poll<Self::Value>) -> serde_json::Result<String> {
        (Self::RETURNED.to_json)(answer)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Payload> PollReturn for Poll<T> {
    type Value = T;
    type Error = Infallible;

    const RETURNED: Returned<Self, Poll<T>> = <Self as TaskReturn>::RETURNED;
    const RAISES: &'static [(&'static str, &'static str)] = &[];
}

#[diagnostic::do_not_recommend]
impl<T: Payload, E: TaskError> PollReturn for Result<Poll<T>, E> {
    type Value = T;
    type Error = E;

    const RETURNED: Returned<Self, Poll<T>> = <Self as TaskReturn>::RETURNED;
    const RAISES: &'static [(&'static str, &'static str)] = E::NAMES;
}
