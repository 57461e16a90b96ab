//! Step Functions' sample "Start a workflow within a workflow": started and left, waited for, and waited for by a callback.
//!
//! `cargo run --example workflow_within_workflow` runs it, and lists the executions. With arguments the program is a tool for its
//! workflows, as in `cargo run --example workflow_within_workflow -- export`.

#![allow(unreachable_pub, reason = "the modules are written as they would be in a library")]

#[cfg(test)]
mod tests;
mod workflow;

use std::error::Error;
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};

use workflow_runtime::prelude::*;

use workflow::{Callback, CallbackError, Main};

/// Sends answers to the engine that the nested workflow runs in. On AWS it would call `SendTaskSuccess`.
#[derive(Clone, Default)]
struct ToEngine {
    /// There once the engine runs, which is after the workflows that it is made of.
    engine: Arc<OnceLock<Engine>>,
}

impl Callback for ToEngine {
    async fn send(&self, token: &TaskToken<String>, answer: String) -> Result<(), CallbackError> {
        let engine = self.engine.get().ok_or_else(|| CallbackError::NobodyWaits("there is no engine".to_owned()))?;
        engine.complete(token, answer).await.map_err(|error| CallbackError::NobodyWaits(error.to_string()))
    }
}

/// An engine with the main workflow, which the nested one calls back.
async fn engine() -> Result<Engine, Box<dyn Error>> {
    let callback = ToEngine::default();
    let engine = Engine::builder().workflow(Main::new(callback.clone())).start().await?;
    callback.engine.get_or_init(|| engine.clone());
    Ok(engine)
}

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    if App::is_told() {
        let main = Main::new(ToEngine::default());
        return Ok(App::new().workflow(main.nested()).workflow(main).main().await);
    }
    let engine = engine().await?;
    let execution = engine.start::<Main<ToEngine>>(()).await?;
    let done = execution.output().await?;
    println!("from the end:      {}", done.from_the_end);
    println!("from the callback: {}", done.from_the_callback);
    for execution in engine.executions() {
        println!("{:9} {}", execution.status().to_string(), execution.id());
    }
    Ok(ExitCode::SUCCESS)
}
