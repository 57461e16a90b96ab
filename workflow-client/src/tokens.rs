//! The answers to tasks that wait for their tokens: [`Client::complete`], [`Client::fail`] and [`Client::heartbeat`].

use std::fmt;

use aws_sdk_sfn::config::http::HttpResponse;
use aws_sdk_sfn::error::{ProvideErrorMetadata, SdkError};
use serde::Serialize;
use workflow_runtime::{Failure, TaskToken};

use crate::{Client, ServiceError, limits};

impl Client {
    /// Ends the task of a token with its result: `SendTaskSuccess`.
    ///
    /// ```no_run
    /// # use workflow_client::{Client, TokenError};
    /// use workflow_runtime::TaskToken;
    ///
    /// # async fn example(client: Client, text: &str) -> Result<(), Box<dyn std::error::Error>> {
    /// // The token came in a mail, say, from a `#[task(callback)]` whose result is a `bool`.
    /// let token: TaskToken<bool> = text.parse()?;
    /// match client.complete(&token, true).await {
    ///     Err(TokenError::TaskTimedOut) => println!("that is settled already"),
    ///     answered => answered?,
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// When Step Functions never gave out such a token, or when no task waits for it any more. Nothing happens then.
    pub async fn complete<T: Serialize>(&self, token: &TaskToken<T>, result: T) -> Result<(), TokenError> {
        let json = serde_json::to_string(&result).map_err(|error| TokenError::InvalidOutput(error.to_string()))?;
        self.complete_json(token.as_str(), &json).await
    }

    /// As [`complete`](Self::complete), with the token and the result as texts, as they come from elsewhere.
    ///
    /// # Errors
    ///
    /// As [`complete`](Self::complete), and when the result is not JSON. Whether it is of the type that the task ends with, Step
    /// Functions does not know.
    pub async fn complete_json(&self, token: &str, result: &str) -> Result<(), TokenError> {
        let call = self.sfn.send_task_success().task_token(token).output(result);
        call.send().await.map(drop).map_err(|error| TokenError::new("SendTaskSuccess", error))
    }

    /// Fails the task of a token: `SendTaskFailure`, with a [`TaskError`](workflow_runtime::TaskError) or with a [`Failure`]. The retriers
    /// and catchers of the task see it. An error of more than 256 bytes and a cause of more than 32,768 are cut, as Step Functions
    /// takes no more.
    ///
    /// ```no_run
    /// # use workflow_client::Client;
    /// use workflow_runtime::Failure;
    ///
    /// # async fn example(client: Client, token: &str) -> Result<(), Box<dyn std::error::Error>> {
    /// client.fail(token, Failure::new("Denied", "Ada says no")).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`complete`](Self::complete).
    pub async fn fail(&self, token: impl AsRef<str>, failure: impl Into<Failure>) -> Result<(), TokenError> {
        let failure = failure.into();
        let call = self.sfn.send_task_failure().task_token(token.as_ref());
        let call = call.set_error(limits::error(&failure)).set_cause(limits::cause(&failure));
        call.send().await.map(drop).map_err(|error| TokenError::new("SendTaskFailure", error))
    }

    /// Says that somebody works on the task of a token: `SendTaskHeartbeat`. A task with a `heartbeat` that hears nothing for longer
    /// fails with `States.Timeout`.
    ///
    /// # Errors
    ///
    /// As [`complete`](Self::complete): who is told that no task waits can stop working.
    pub async fn heartbeat(&self, token: impl AsRef<str>) -> Result<(), TokenError> {
        let call = self.sfn.send_task_heartbeat().task_token(token.as_ref());
        call.send().await.map(drop).map_err(|error| TokenError::new("SendTaskHeartbeat", error))
    }
}

/// Why an answer to a task's token was not taken. The task, if there is one, goes on as if nothing had been sent. The cases are those of
/// [`workflow_runtime::TokenError`], and that the call itself failed.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum TokenError {
    /// `InvalidToken`: Step Functions never gave out such a token.
    InvalidToken,
    /// `TaskTimedOut`, `TaskDoesNotExist`: no task waits for the token any more. It was answered before, it took too long, it was tried
    /// again with a new token, or its execution ended.
    TaskTimedOut,
    /// `InvalidOutput`: the output is not JSON, or longer than 262,144 bytes. Here is what is said of it.
    InvalidOutput(String),
    /// What Step Functions has to say besides.
    Service(ServiceError),
}

impl TokenError {
    fn new<E>(action: &'static str, error: SdkError<E, HttpResponse>) -> Self
    where
        E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
    {
        match error.code() {
            Some("InvalidToken") => TokenError::InvalidToken,
            Some("TaskTimedOut" | "TaskDoesNotExist") => TokenError::TaskTimedOut,
            Some("InvalidOutput") => TokenError::InvalidOutput(error.message().unwrap_or_default().to_owned()),
            // The token itself is in no message: who reads a log is not to answer.
            _ => TokenError::Service(ServiceError::new(action, "a task's token", error)),
        }
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TokenError::InvalidToken => f.write_str("Invalid Token: Step Functions never gave out such a token"),
            TokenError::TaskTimedOut => f.write_str(
                "Task Timed Out: no task waits for this token any more; it was answered, took too long, was tried again, or its \
                 execution ended",
            ),
            TokenError::InvalidOutput(error) => {
                write!(f, "Invalid Output: the output is not what a task can end with: {error}")
            }
            TokenError::Service(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for TokenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            TokenError::InvalidToken | TokenError::TaskTimedOut | TokenError::InvalidOutput(_) => None,
            TokenError::Service(error) => Some(error),
        }
    }
}
