//! Why an execution is not started: [`StartError`].

use std::fmt;
use std::sync::Arc;

use crate::ExecutionId;
use crate::store::StoreError;

/// Why an execution could not be started.
///
/// ```
/// # use workflow_runtime::prelude::*;
/// #
/// # pub struct Greeter;
/// #
/// # #[workflow(start = greet, timeout = "1m")]
/// # impl Greeter {
/// #     #[task(timeout = "10s", end)]
/// #     async fn greet(&self, name: String) -> String {
/// #         format!("Hello, {name}!")
/// #     }
/// # }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let engine = Engine::builder().workflow(Greeter).start().await?;
/// let error = engine.start_json("Greeter", "7").await.expect_err("a number is no name");
/// let text = "the input does not fit the workflow: invalid type: integer `7`, expected a string at line 1 column 1";
/// assert_eq!(error.to_string(), text);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The engine was built without this workflow.
    UnknownWorkflow(String),
    /// The input is not JSON, or not of the workflow's input type.
    Input(serde_json::Error),
    /// The input is larger than [the engine allows](crate::EngineBuilder::payload_limit).
    InputTooLarge {
        /// How many bytes of JSON it has.
        bytes: usize,
        /// How many it may have.
        limit: usize,
    },
    /// The engine [was shut down](crate::Engine::shutdown).
    ShutDown,
    /// The name is no name of an execution: see [`Engine::start_named`](crate::Engine::start_named).
    InvalidName(String),
    /// There is an execution of this workflow with this name, and it was started with another input.
    NameTaken(ExecutionId),
    /// What the engine's store has to say.
    Store(Arc<StoreError>),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StartError::UnknownWorkflow(name) => {
                write!(f, "the engine has no workflow `{name}`; add it with `.workflow(…)` when the engine is built")
            }
            StartError::Input(error) => write!(f, "the input does not fit the workflow: {error}"),
            StartError::InputTooLarge { bytes, limit } => write!(
                f,
                "the input has {bytes} bytes of JSON, and may have {limit}; hand over where the data is instead, or raise the engine's \
                 `payload_limit`"
            ),
            StartError::ShutDown => f.write_str("the engine was shut down, and starts nothing any more"),
            StartError::InvalidName(name) => write!(
                f,
                "an execution cannot be called `{name}`: its name is 1 to 80 characters long, without spaces, control characters and \
                 any of < > {{ }} [ ] ? * \" # % \\ ^ | ~ ` $ & , ; : /"
            ),
            StartError::NameTaken(id) => write!(
                f,
                "`{}` has an execution `{}` already, which was started with another input; choose another name",
                id.workflow(),
                id.name()
            ),
            StartError::Store(error) => write!(f, "the execution could not be written down: {error}"),
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            StartError::UnknownWorkflow(_)
            | StartError::InputTooLarge { .. }
            | StartError::ShutDown
            | StartError::InvalidName(_)
            | StartError::NameTaken(_) => None,
            StartError::Input(error) => Some(error),
            StartError::Store(error) => Some(error),
        }
    }
}
