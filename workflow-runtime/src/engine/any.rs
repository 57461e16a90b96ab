//! A workflow whose type is forgotten, so that one engine holds many.

use std::any::Any;
#[cfg(feature = "lambda")]
use std::pin::Pin;
use std::sync::Arc;

use super::{AnyExecution, Engine, StartError};
use crate::Workflow;
#[cfg(feature = "lambda")]
use crate::lambda::{Invocation, Invoked};

/// A workflow of any type.
pub(crate) trait AnyWorkflow: Send + Sync {
    fn name(&self) -> &'static str;

    #[cfg(feature = "cli")]
    fn definition(&self) -> workflow_model::Definition;

    /// The workflow with its type to be remembered.
    fn typed(self: Arc<Self>) -> Arc<dyn Any + Send + Sync>;

    fn start_json(self: Arc<Self>, engine: &Engine, input: &str) -> Result<AnyExecution, StartError>;

    /// Runs one task, as the Lambda function behind it does.
    #[cfg(feature = "lambda")]
    fn invoke(&self, invocation: Invocation) -> Pin<Box<dyn Future<Output = Invoked> + '_>>;
}

impl<W: Workflow> AnyWorkflow for W {
    fn name(&self) -> &'static str {
        W::NAME
    }

    #[cfg(feature = "cli")]
    fn definition(&self) -> workflow_model::Definition {
        W::definition()
    }

    fn typed(self: Arc<Self>) -> Arc<dyn Any + Send + Sync> {
        self
    }

    fn start_json(self: Arc<Self>, engine: &Engine, input: &str) -> Result<AnyExecution, StartError> {
        let typed: W::Input = serde_json::from_str(input).map_err(StartError::Input)?;
        engine.spawn(self, typed, input.to_owned())
    }

    #[cfg(feature = "lambda")]
    fn invoke(&self, invocation: Invocation) -> Pin<Box<dyn Future<Output = Invoked> + '_>> {
        Box::pin(Workflow::invoke(self, invocation))
    }
}
