//! The answers to tasks that wait for their tokens: Step Functions' `SendTaskSuccess`, `SendTaskFailure` and `SendTaskHeartbeat`.

use serde::Serialize;

use super::{ActivityTask, Engine, TokenError};
use crate::{Failure, TaskToken};

impl Engine {
    /// Ends the task of a token with its result, as `SendTaskSuccess` does. The answer may come before the method that was given the
    /// token has returned.
    ///
    /// ```
    /// # use std::sync::Mutex;
    /// # use workflow_runtime::prelude::*;
    /// # use tokio::sync::mpsc;
    /// pub struct Approval {
    ///     outbox: mpsc::UnboundedSender<TaskToken<bool>>,
    /// }
    ///
    /// #[workflow(start = ask, timeout = "14d")]
    /// impl Approval {
    ///     #[task(callback, timeout = "7d", end)]
    ///     async fn ask(&self, _invoice: u32, token: TaskToken<bool>) {
    ///         let _ = self.outbox.send(token);
    ///     }
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let (outbox, mut inbox) = mpsc::unbounded_channel();
    /// let engine = Engine::builder().workflow(Approval { outbox }).start().await?;
    /// let execution = engine.start::<Approval>(7).await?;
    ///
    /// let token = inbox.recv().await.ok_or("nobody asks")?;
    /// engine.complete(&token, true).await?;
    /// assert!(execution.output().await?);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// When the engine never gave out such a token, or when no task waits for it any more; nothing happens then. And when the engine's
    /// [store](crate::EngineBuilder::store) has failed, so that the answer may be lost.
    pub async fn complete<T: Serialize>(&self, token: &TaskToken<T>, result: T) -> Result<(), TokenError> {
        let json = serde_json::to_string(&result).map_err(TokenError::InvalidOutput)?;
        self.shared.tasks.answer(token.as_str(), Ok(json)).await
    }

    /// As [`complete`](Self::complete), with the token and the result as texts, as they come from elsewhere.
    ///
    /// # Errors
    ///
    /// As [`complete`](Self::complete), and when the result is not JSON or not of the type that the task ends with. Of an execution that was
    /// written down and has not been taken up again the type is not known yet: the execution fails when it finds an answer of another one.
    pub async fn complete_json(&self, token: &str, result: &str) -> Result<(), TokenError> {
        self.shared.tasks.answer(token, Ok(result.to_owned())).await
    }

    /// Fails the task of a token, as `SendTaskFailure` does: with a [`TaskError`](crate::TaskError), or with a [`Failure`]. The retriers and
    /// catchers of the task see it.
    ///
    /// ```
    /// # use workflow_runtime::prelude::*;
    /// # use tokio::sync::mpsc;
    /// #[derive(Debug, thiserror::Error, TaskError)]
    /// pub enum Refusal {
    ///     #[error("{0} says no")]
    ///     Denied(String),
    /// }
    /// # pub struct Approval {
    /// #     outbox: mpsc::UnboundedSender<TaskToken<bool>>,
    /// # }
    /// # #[workflow(start = ask, timeout = "14d")]
    /// # impl Approval {
    /// #     #[task(callback, timeout = "7d", end)]
    /// #     #[catch(Refusal::Denied => |failure| denied(failure.message()))]
    /// #     async fn ask(&self, _invoice: u32, token: TaskToken<bool>) {
    /// #         let _ = self.outbox.send(token);
    /// #     }
    /// #     #[fail(error = "Denied")]
    /// #     fn denied(who: String) -> String { who }
    /// # }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let (outbox, mut inbox) = mpsc::unbounded_channel();
    /// # let engine = Engine::builder().workflow(Approval { outbox }).start().await?;
    /// # let execution = engine.start::<Approval>(7).await?;
    /// # let token = inbox.recv().await.ok_or("nobody asks")?;
    /// engine.fail(&token, Refusal::Denied("Ada".to_owned())).await?;
    /// # let error = execution.output().await.expect_err("it was denied");
    /// # assert_eq!(error.to_string(), "the execution failed with Denied: Ada says no");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`complete`](Self::complete).
    pub async fn fail(&self, token: impl AsRef<str>, failure: impl Into<Failure>) -> Result<(), TokenError> {
        self.shared.tasks.answer(token.as_ref(), Err(failure.into())).await
    }

    /// Says that somebody works on the task of a token, as `SendTaskHeartbeat` does. A task with a `heartbeat` that hears nothing for longer
    /// fails with `States.Timeout`.
    ///
    /// # Errors
    ///
    /// As [`complete`](Self::complete): who is told that no task waits can stop working.
    pub async fn heartbeat(&self, token: impl AsRef<str>) -> Result<(), TokenError> {
        self.shared.tasks.heartbeat(token.as_ref())
    }

    /// Takes a task from an activity, once there is one: `GetActivityTask`. The task that has waited longest comes first. Dropping the future
    /// takes none.
    ///
    /// This is what an [`ActivityWorker`](crate::ActivityWorker) is made of, which most programs use.
    ///
    /// ```
    /// # use workflow_runtime::prelude::*;
    /// pub struct Gallery;
    ///
    /// #[workflow(start = resize, timeout = "1h")]
    /// impl Gallery {
    ///     #[task(activity, timeout = "1m", end)]
    ///     fn resize(image: String) -> u32;
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let engine = Engine::builder().workflow(Gallery).start().await?;
    /// let execution = engine.start::<Gallery>("tree.png".to_owned()).await?;
    ///
    /// let task = engine.activity_task("Resize").await;
    /// assert_eq!(task.input::<String>()?, "tree.png");
    /// engine.complete_json(task.token(), "400").await?;
    /// assert_eq!(execution.output().await?, 400);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn activity_task(&self, activity: &str) -> ActivityTask {
        match self.shared.tasks.take(activity, None).await {
            Some(task) => task,
            // The queues are open for as long as there is an engine.
            None => std::future::pending().await,
        }
    }

    /// How many tasks wait for their tokens.
    pub fn waiting_tasks(&self) -> usize {
        self.shared.tasks.count()
    }
}
