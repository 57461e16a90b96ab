//! A workflow whose type is forgotten, so that one engine holds many.

use std::any::Any;
use std::sync::Arc;

use super::{AnyExecution, Engine, StartError};
use crate::Workflow;

/// A workflow of any type.
pub(crate) trait AnyWorkflow: Send + Sync {
    fn name(&self) -> &'static str;

    #[cfg(feature = "cli")]
    fn definition(&self) -> workflow_model::Definition;

    /// The workflow with its type to be remembered.
    fn typed(self: Arc<Self>) -> Arc<dyn Any + Send + Sync>;

    fn start_json(self: Arc<Self>, engine: &Engine, input: &str) -> Result<AnyExecution, StartError>;
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
}
