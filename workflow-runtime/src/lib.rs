//! Workflows from one annotated `impl` block.

#![warn(missing_docs)]

// The macros write `::workflow_runtime`, which must mean this crate in its own documentation and tests as well.
#[allow(unused_extern_crates)]
extern crate self as workflow_runtime;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
#[cfg(feature = "cli")]
mod app;
mod clock;
mod context;
pub mod data;
pub mod engine;
pub mod error;
mod failure;
pub mod history;
mod id;
mod next;
mod run;
mod task_return;
mod workflow;

#[cfg(feature = "cli")]
pub use app::App;
pub use context::TaskContext;
pub use data::Data;
pub use engine::{AnyExecution, BuildError, Engine, EngineBuilder, Execution, Follower, StartError, Status};
pub use error::TaskError;
pub use failure::{ExecutionError, Failure};
pub use id::ExecutionId;
pub use next::Next;
pub use task_return::TaskReturn;
pub use workflow::{Payload, StateType, Workflow};
pub use workflow_macros::{Data, TaskError, workflow};
pub use workflow_model as model;
pub use workflow_model::states::StatesError as States;

/// What a file with a workflow in it needs: `use workflow_runtime::prelude::*;`.
pub mod prelude {
    #[cfg(feature = "cli")]
    pub use crate::App;
    pub use crate::{
        Data, Engine, Execution, ExecutionError, Failure, Next, States, TaskContext, TaskError, Workflow, workflow,
    };
}

/// The code in the README is compiled.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
