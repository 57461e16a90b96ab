//! The token of a task that somebody else ends: [`TaskToken`].

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;
use std::sync::Arc;

use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error};
use serde::{Serialize, Serializer};
use workflow_model::shape::{ShapeRef, Shapes};

use crate::Data;

/// The longest token that Step Functions gives out.
const LONGEST: usize = 2_048;

/// Names one attempt at a task that ends when somebody sends this token's success or failure. `T` is the task's result.
///
/// A `#[task(callback)]` takes it behind its input, and hands it to whoever is to answer. The answer comes to
/// [`Engine::complete`](crate::Engine::complete) or [`Engine::fail`](crate::Engine::fail). In JSON, in a mail and in a database it is
/// a text that nobody can guess; who holds it can end the task, so treat it as you treat a password.
///
/// ```
/// use workflow_runtime::prelude::*;
///
/// pub struct Approval;
///
/// #[workflow(start = ask, timeout = "14d")]
/// impl Approval {
///     #[task(callback, timeout = "7d", end)]
///     async fn ask(&self, invoice: u32, token: TaskToken<bool>) {
///         println!("may invoice {invoice} be paid? answer with {token}");
///     }
/// }
/// ```
///
/// As a text it comes back where the answer does:
///
/// ```
/// use workflow_runtime::TaskToken;
///
/// let token: TaskToken<bool> = "0af1".parse()?;
/// assert_eq!(token.to_string(), "0af1");
/// assert_eq!(serde_json::to_string(&token)?, r#""0af1""#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct TaskToken<T> {
    text: Arc<str>,
    result: PhantomData<fn() -> T>,
}

impl<T> TaskToken<T> {
    pub(crate) fn new(text: Arc<str>) -> Self {
        TaskToken { text, result: PhantomData }
    }

    /// The token as a text.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl<T> AsRef<str> for TaskToken<T> {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl<T> Clone for TaskToken<T> {
    fn clone(&self) -> Self {
        TaskToken::new(self.text.clone())
    }
}

impl<T> PartialEq for TaskToken<T> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<T> Eq for TaskToken<T> {}

impl<T> std::hash::Hash for TaskToken<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl<T> fmt::Display for TaskToken<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Shows the beginning only: who reads a log is not to answer.
impl<T> fmt::Debug for TaskToken<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let beginning: String = self.text.chars().take(4).collect();
        write!(f, "TaskToken({beginning}…)")
    }
}

/// Why a text is no token.
///
/// ```
/// use workflow_runtime::TaskToken;
///
/// let error = "".parse::<TaskToken<u32>>().expect_err("there is nothing in it");
/// assert_eq!(error.to_string(), "a task token has 1 to 2048 characters, not 0");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseTokenError {
    length: usize,
}

impl fmt::Display for ParseTokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a task token has 1 to {LONGEST} characters, not {}", self.length)
    }
}

impl std::error::Error for ParseTokenError {}

impl<T> FromStr for TaskToken<T> {
    type Err = ParseTokenError;

    fn from_str(text: &str) -> Result<Self, ParseTokenError> {
        match text.chars().count() {
            1..=LONGEST => Ok(TaskToken::new(text.into())),
            length => Err(ParseTokenError { length }),
        }
    }
}

impl<T> TryFrom<String> for TaskToken<T> {
    type Error = ParseTokenError;

    fn try_from(text: String) -> Result<Self, ParseTokenError> {
        text.parse()
    }
}

impl<T> From<TaskToken<T>> for String {
    fn from(token: TaskToken<T>) -> Self {
        token.text.as_ref().to_owned()
    }
}

impl<T> Serialize for TaskToken<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de, T> Deserialize<'de> for TaskToken<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

impl<T: 'static> Data for TaskToken<T> {
    fn shape(shapes: &mut Shapes) -> ShapeRef {
        String::shape(shapes)
    }
}

/// What is done with the JSON that ends a task from outside: whether it is a `T`, and the `T`.
#[doc(hidden)]
#[derive(Debug)]
pub struct Answered<T> {
    pub(crate) accepts: fn(&str) -> serde_json::Result<()>,
    pub(crate) read: fn(&str) -> serde_json::Result<T>,
}

impl<T: DeserializeOwned> Answered<T> {
    /// As serde reads it.
    pub const NEW: Self =
        Answered { accepts: |json| serde_json::from_str::<T>(json).map(drop), read: |json| serde_json::from_str(json) };
}

impl<T> Clone for Answered<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Answered<T> {}
