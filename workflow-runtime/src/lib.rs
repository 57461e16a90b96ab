//! Workflows from one annotated `impl` block.

// The macros write `::workflow_runtime`, which must mean this crate in its own tests as well.
extern crate self as workflow_runtime;

pub mod data;
pub mod error;

pub use data::Data;
pub use error::TaskError;
pub use workflow_macros::{Data, TaskError, workflow};
pub use workflow_model as model;
