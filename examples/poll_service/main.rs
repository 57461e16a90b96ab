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

/// The variable of the environment that has the URL of the service.
const SERVICE_URL: &str = "SERVICE_URL";

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let service = match std::env::var(SERVICE_URL) {
        Ok(url) => url,
        Err(_) => own_service().await?,
    };
    let workflow = PollService::new(HttpClient::new(service));
    if App::is_told() {
        let app = App::new().environment(SERVICE_URL, "Where the service is that summarises documents");
        return Ok(app.workflow(workflow).main().await);
    }
    demo::run(workflow).await?;
    Ok(ExitCode::SUCCESS)
}

/// A service on this machine, which ends with the program.
async fn own_service() -> Result<String, Box<dyn Error>> {
    let pace = Pace { time_per_word: Duration::from_millis(150), time_between_jobs: Duration::from_millis(200) };
    Ok(format!("http://{}", service::start(pace).await?))
}
