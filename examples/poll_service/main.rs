//! A job service that answers later, and the workflow that waits for it.
//!
//! `cargo run --example poll_service` starts the service on this machine, runs the workflow on a few documents at once, and
//! prints what happens as it happens. With arguments the same program is a tool for its workflow:
//!
//! ```sh
//! cargo run --example poll_service -- run PollService --input '{"document": "to be or not to be"}' --verbose
//! cargo run --example poll_service -- export
//! cargo run --example poll_service -- graph
//! ```

#![allow(unreachable_pub, reason = "the modules are written as they would be in a library")]

mod client;
mod demo;
mod service;
#[cfg(test)]
mod tests;
mod workflow;

use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use workflow_runtime::App;

use client::HttpClient;
use service::Pace;
use workflow::PollService;

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let pace = Pace { time_per_word: Duration::from_millis(150), time_between_jobs: Duration::from_millis(200) };
    let service = service::start(pace).await?;
    let workflow = PollService::new(HttpClient::new(service));
    if App::is_told() {
        return Ok(App::new().workflow(workflow).main().await);
    }
    demo::run(workflow).await?;
    Ok(ExitCode::SUCCESS)
}
