//! A map over nested executions: many documents are summarised at once, each by a polling workflow, as an
//! execution of its own.
//!
//! `cargo run --example batch` summarises 300 documents. With arguments the program is a tool for its workflows, as in
//! `cargo run --example batch -- graph DigestDocuments`.

#![allow(unreachable_pub, reason = "the modules are written as they would be in a library")]

mod poll_service;
#[cfg(test)]
mod tests;
mod workflow;

use std::error::Error;
use std::process::ExitCode;

use poll_service::{PollService, Service, ServiceError};
use tokio::time::{Duration, Instant};
use workflow_runtime::prelude::*;

use workflow::{DigestDocuments, Outcome};

/// A service that takes half a second a word, and gives back the first half of the words.
#[derive(Clone)]
struct Halves {
    begun: Instant,
}

impl Service for Halves {
    async fn submit(&self, document: &str) -> Result<String, ServiceError> {
        match document {
            "" => Err(ServiceError::Rejected("the document is empty".to_owned())),
            document => Ok(format!("{} {document}", self.begun.elapsed().as_millis())),
        }
    }

    async fn summary(&self, ticket: &str) -> Option<String> {
        let (submitted, document) = ticket.split_once(' ').unwrap_or_default();
        let submitted = Duration::from_millis(submitted.parse().unwrap_or_default());
        let words: Vec<&str> = document.split_whitespace().collect();
        let work = Duration::from_millis(500) * u32::try_from(words.len()).unwrap_or(u32::MAX);
        let is_done = self.begun.elapsed() >= submitted + work;
        is_done.then(|| words[..words.len().div_ceil(2)].join(" "))
    }
}

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let service = Halves { begun: Instant::now() };
    let workflow = DigestDocuments::new(service.clone());
    if App::is_told() {
        return Ok(App::new().workflow(workflow).workflow(PollService::new(service)).main().await);
    }
    let engine = Engine::builder().workflow(workflow).start().await?;
    let execution = engine.start::<DigestDocuments<Halves>>(documents(300)).await?;
    let digest = execution.output().await?;
    println!("{} summaries in {:.1} s", digest.summaries.len(), service.begun.elapsed().as_secs_f64());
    if let Some(Outcome::Failed { reason, .. }) = digest.failed.first() {
        println!("{} failures, the first of which is: {reason}", digest.failed.len());
    }
    Ok(ExitCode::SUCCESS)
}

/// So many documents, one in eight of which is empty.
fn documents(count: usize) -> Vec<String> {
    let words = ["Parcel", "found", "after", "three", "weeks", "at", "sea"];
    (0..count).map(|number| words[..number % (words.len() + 1)].join(" ")).collect()
}
