//! Workflows from one annotated `impl` block: a state machine that the compiler checks, that runs natively on tokio, and
//! that exports to Amazon States Language (ASL) for AWS Step Functions.
//!
//! One type with its dependencies in its fields, one method for each state:
//!
//! ```
//! use workflow_runtime::prelude::*;
//!
//! struct Hello;
//!
//! #[workflow(start = greet, timeout = "1m")]
//! impl Hello {
//!     #[task(timeout = "10s", next = done)]
//!     async fn greet(&self, name: String) -> String {
//!         format!("Hello, {name}!")
//!     }
//!
//!     #[succeed]
//!     fn done(greeting: String);
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), ExecutionError> {
//! assert_eq!(Hello.run("Ada".to_owned()).await?, "Hello, Ada!");
//! # Ok(())
//! # }
//! ```
//!
//! # Where to look
//!
//! | for | |
//! |---|---|
//! | the language: the kinds of states, edges, retriers, catchers, variables | [`macro@workflow`] |
//! | what crosses an edge | [`Data`](macro@Data), with serde's `Serialize` and `Deserialize` |
//! | the errors of tasks | [`TaskError`](macro@TaskError), and those of Step Functions: [`States`] |
//! | one execution, in memory | [`Workflow::run`], and how it may fail: [`ExecutionError`] |
//! | many executions, with names, histories, callbacks and activities | [`Engine`], [`Execution`], [`TaskToken`], [`ActivityWorker`] |
//! | executions that outlive the process | [`store`], `store::Sqlite` with the feature `sqlite` |
//! | what happened, event by event | [`history`], [`Execution::follow`] |
//! | what a task knows of its attempt | [`TaskContext`] |
//! | the export to AWS, pictures, a command line | `App`, with the feature `cli` |
//! | the graph, its checks and bounds as data | [`model`], [`Bounds`] |
//!
//! The folder `docs` of the repository has guides: to portable expressions, to executions that outlive the process, to changing workflows, to
//! services of AWS, and to deployments.
//!
//! # Tests
//!
//! Time is tokio's. Under its paused clock (`#[tokio::test(start_paused = true)]`, tokio's feature `test-util`) a workflow of days ends at
//! once, with its waits, timeouts and retriers as they are.
//!
//! # Features
//!
//! None is on by default.
//!
//! | feature | |
//! |---|---|
//! | `cli` | `App`: the program as a tool for its workflows |
//! | `sqlite` | `store::Sqlite`: executions in a file |
//! | `csv` | tables as the items of a distributed map |
//! | `jiff`, `uuid` | [`Data`](trait@Data) for those crates' types |
//! | `lambda` | the program as the Lambda function behind its tasks |
//! | `tracing` | a span for each execution, state and attempt |

#![warn(missing_docs)]

// The macros write `::workflow_runtime`, which must mean this crate in its own documentation and tests as well.
#[allow(unused_extern_crates)]
extern crate self as workflow_runtime;

#[doc(hidden)]
#[path = "private/mod.rs"]
pub mod __private;
#[cfg(feature = "cli")]
mod app;
mod clock;
mod constant_text;
mod context;
mod context_object;
pub mod data;
pub mod engine;
pub mod error;
mod failure;
pub mod history;
mod id;
mod intern;
#[cfg(feature = "lambda")]
mod lambda;
mod map_run;
pub mod nested;
mod next;
mod placeholder;
mod poll;
#[doc(hidden)]
pub mod portable;
mod raises;
mod room;
mod run;
pub mod store;
mod task_return;
mod token;
mod trace;
mod worker;
mod workflow;

#[cfg(feature = "cli")]
pub use app::App;
pub use context::TaskContext;
pub use context_object::{ContextObject, ExecutionContext, StateContext, StateMachineContext, TaskStateContext};
pub use data::Data;
pub use engine::{
    ActivityTask, AnyExecution, BuildError, Engine, EngineBuilder, Execution, Follower, MigrateError, StartError,
    Status, StoredState, Stranded, TokenError,
};
pub use error::TaskError;
pub use failure::{ExecutionError, Failure};
pub use id::ExecutionId;
pub use map_run::{Batch, ItemResult, S3Object, S3Prefix, WrittenResults};
pub use nested::{NestedExecution, StartedExecution};
pub use next::Next;
pub use placeholder::Placeholder;
pub use poll::Poll;
pub use task_return::TaskReturn;
pub use token::{ParseTokenError, TaskToken};
pub use worker::{ActivityContext, ActivityWorker};
pub use workflow::{Payload, StateType, Workflow};
#[doc = include_str!("../docs/workflow.md")]
pub use workflow_macros::workflow;
pub use workflow_macros::{Data, TaskError};
pub use workflow_model as model;
pub use workflow_model::bounds::Bounds;
pub use workflow_model::states::StatesError as States;

/// What a file with a workflow in it needs: `use workflow_runtime::prelude::*;`.
pub mod prelude {
    #[cfg(feature = "cli")]
    pub use crate::App;
    pub use crate::{
        ActivityContext, ActivityWorker, Data, Engine, Execution, ExecutionError, Failure, NestedExecution, Next,
        Placeholder, Poll, StartedExecution, States, TaskContext, TaskError, TaskToken, Workflow, workflow,
    };
}

/// The code in the README is compiled.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;

/// The code on the page of service integrations is compiled.
#[cfg(doctest)]
#[doc = include_str!("../../docs/service-integrations.md")]
struct ServiceIntegrations;

/// The code on the page of changes is compiled.
#[cfg(doctest)]
#[doc = include_str!("../../docs/changing-workflows.md")]
struct ChangingWorkflows;

/// The code on the page of durable executions is compiled.
#[cfg(all(doctest, feature = "sqlite"))]
#[doc = include_str!("../../docs/durable.md")]
struct DurableExecutions;

/// The code on the page of portable expressions is compiled.
#[cfg(doctest)]
#[doc = include_str!("../../docs/portable-expressions.md")]
struct PortableExpressions;
