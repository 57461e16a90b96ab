//! A job service that answers later, and the workflow that waits for it.
//!
//! `cargo run --example poll_service` starts the service on this machine, runs the workflow on a few documents at once, and
//! prints what happens as it happens.

#![allow(unreachable_pub, reason = "the modules are written as they would be in a library")]

mod client;
mod demo;
mod service;
#[cfg(test)]
mod tests;
mod workflow;

use std::error::Error;

use client::HttpClient;
use workflow::PollService;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let service = service::start().await?;
    demo::run(PollService::new(HttpClient::new(service))).await
}
