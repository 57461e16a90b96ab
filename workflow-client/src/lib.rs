//! A client for workflows that were deployed to AWS Step Functions: it starts executions by the workflow's type and waits for their typed
//! output, answers tasks that wait for a token, and works on activities.
//!
//! It knows of a workflow what its `#[workflow]` type says, so the program that calls depends on the crate that has the workflows; it
//! neither deploys nor runs them.
//!
//! ```no_run
//! use workflow_client::{Client, OutputError, StateMachines};
//! use workflow_runtime::prelude::*;
//!
//! struct Greeter;
//!
//! #[workflow(start = greet, timeout = "1m")]
//! impl Greeter {
//!     #[task(timeout = "10s", end)]
//!     async fn greet(&self, name: String) -> String {
//!         format!("Hello, {name}!")
//!     }
//! }
//!
//! # async fn example(sfn: aws_sdk_sfn::Client) -> Result<(), Box<dyn std::error::Error>> {
//! // let sfn = aws_sdk_sfn::Client::new(&aws_config::load_from_env().await);
//! let client = Client::new(sfn, StateMachines::of_stack("eu-west-1", "123456789012", "hello"));
//! let execution = client.start_named::<Greeter>("greeting-7", "Ada".to_owned()).await?;
//! match execution.output().await {
//!     Ok(greeting) => println!("{greeting}"),
//!     // The same error as natively: a `Failure` with its error and cause, a timeout, or that it was stopped.
//!     Err(OutputError::Ended(error)) => println!("{error}"),
//!     Err(OutputError::Service(error)) => println!("how it ended is not known: {error}"),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! | | |
//! |---|---|
//! | [`Client::start`], [`start_named`](Client::start_named) | a Standard workflow; [`RemoteExecution::output`] waits for it |
//! | [`Client::start_sync`] | an Express workflow, to its end |
//! | [`Client::complete`], [`fail`](Client::fail), [`heartbeat`](Client::heartbeat) | a `#[task(callback)]`, by its token |
//! | [`RemoteActivityWorker`] | a `#[task(activity)]` |
//!
//! The SDK's client comes from you, with its credentials and its region; so this crate needs neither an HTTP client nor `aws-config`.

#![warn(missing_docs)]

mod client;
mod error;
mod execution;
mod limits;
mod machines;
mod pace;
mod sync;
mod tokens;
mod worker;

pub use client::Client;
pub use error::{OutputError, ServiceError, StartError};
pub use execution::RemoteExecution;
pub use machines::StateMachines;
pub use sync::SyncExecution;
pub use tokens::TokenError;
pub use worker::{RemoteActivityContext, RemoteActivityWorker};

/// The examples in the `README.md` are compiled.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
