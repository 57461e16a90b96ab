//! Why an answer was not taken.

use std::fmt;
use std::sync::Arc;

use crate::store::StoreError;

/// Why an answer to a task's token was not taken, in Step Functions' terms. The task, if there is one, goes on as if nothing had been
/// sent.
///
/// ```
/// # use workflow_runtime::prelude::*;
/// use workflow_runtime::TokenError;
/// #
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let engine = Engine::builder().start().await?;
/// let error = engine.complete_json("made up", "true").await.expect_err("nobody gave it out");
/// assert!(matches!(error, TokenError::InvalidToken));
/// assert_eq!(error.to_string(), "Invalid Token: this engine never gave out such a token");
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum TokenError {
    /// `InvalidToken`: this engine never gave out such a token.
    InvalidToken,
    /// `TaskTimedOut`: no task waits for the token any more. It was answered before, it took too long, it was tried again with a new
    /// token, or its execution ended.
    TaskTimedOut,
    /// `InvalidOutput`: the output is not JSON, or not of the task's result type.
    InvalidOutput(serde_json::Error),
    /// `ValidationException`: the output is larger than [the engine allows](crate::EngineBuilder::payload_limit).
    TooLarge {
        /// How many bytes of JSON it has.
        bytes: usize,
        /// How many it may have.
        limit: usize,
    },
    /// The answer cannot be written down, or what is written down cannot be read. The engine stops then, and the answer may be lost: it can be
    /// sent again when an engine is started on the store.
    Store(Arc<StoreError>),
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TokenError::InvalidToken => f.write_str("Invalid Token: this engine never gave out such a token"),
            TokenError::TaskTimedOut => f.write_str(
                "Task Timed Out: no task waits for this token any more; it was answered, took too long, was tried again, or its \
                 execution ended",
            ),
            TokenError::InvalidOutput(error) => {
                write!(f, "Invalid Output: the output is not what the task ends with: {error}")
            }
            TokenError::TooLarge { bytes, limit } => {
                write!(f, "Validation Exception: the output has {bytes} bytes of JSON, and may have {limit}")
            }
            TokenError::Store(error) => write!(
                f,
                "the answer cannot be kept, as the engine's store has failed: {error}; send it again when the engine was started again"
            ),
        }
    }
}

impl std::error::Error for TokenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            TokenError::InvalidToken | TokenError::TaskTimedOut | TokenError::TooLarge { .. } => None,
            TokenError::InvalidOutput(error) => Some(error),
            TokenError::Store(error) => Some(error),
        }
    }
}
