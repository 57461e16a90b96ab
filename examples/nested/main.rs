//! A workflow as a building block: a main workflow runs the polling one three times, each time on what the last one made.
//!
//! `cargo run --example nested` runs it, and prints each execution's history. A nested execution has a history of its own; the
//! main one's `TaskSubmitted` event tells which. With arguments the program is a tool for its two workflows, as in
//! `cargo run --example nested -- export Headline`.

#![allow(unreachable_pub, reason = "the modules are written as they would be in a library")]

#[allow(dead_code, reason = "the service below is never busy, and never away")]
#[path = "../poll_service/workflow.rs"]
mod poll_service;
#[cfg(test)]
mod tests;
mod workflow;

use std::error::Error;
use std::process::ExitCode;

use poll_service::{Job, PollService, Progress, Service, ServiceError};
use workflow_runtime::AnyExecution;
use workflow_runtime::history::{Event, EventDetail};
use workflow_runtime::prelude::*;

use workflow::Headline;

/// Stands for the service of the `poll_service` example. It has no memory: the document is the ticket.
struct FirstHalf;

impl Service for FirstHalf {
    async fn submit(&self, document: &str) -> Result<String, ServiceError> {
        match document {
            "" => Err(ServiceError::Rejected("the document is empty".to_owned())),
            document => Ok(document.to_owned()),
        }
    }

    async fn progress(&self, ticket: &str) -> Result<Progress, ServiceError> {
        let words: Vec<&str> = ticket.split_whitespace().collect();
        Ok(Progress::Finished { summary: words[..words.len().div_ceil(2)].join(" ") })
    }
}

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let headline = Headline::new(PollService::new(FirstHalf));
    if App::is_told() {
        return Ok(App::new().workflow(headline).workflow(PollService::new(FirstHalf)).main().await);
    }
    let engine = Engine::builder().workflow(headline).start().await?;
    let document = "Parcel found after three weeks at sea, with a letter for everyone on the island";
    let execution = engine.start::<Headline<FirstHalf>>(Job { document: document.to_owned() }).await?;
    let headline = execution.output().await?;
    for execution in engine.executions() {
        print(&execution).await?;
    }
    println!("{headline}");
    Ok(ExitCode::SUCCESS)
}

async fn print(execution: &AnyExecution) -> Result<(), ExecutionError> {
    println!("{}", execution.id());
    if let Some(parent) = execution.parent() {
        println!("nested in {parent}");
    }
    println!("input  {}", execution.input_json());
    println!("output {}", execution.output_json().await?);
    for Event { id, detail, .. } in execution.history() {
        let subject = match &detail {
            EventDetail::StateEntered { name, .. } | EventDetail::StateExited { name, .. } => name.to_string(),
            EventDetail::TaskSubmitted { execution: Some(execution), .. } => execution.to_string(),
            _ => String::new(),
        };
        println!("{}", format!("{id:5}  {:20} {subject}", detail.event_type()).trim_end());
    }
    println!();
    Ok(())
}
