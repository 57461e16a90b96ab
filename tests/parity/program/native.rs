//! The native run of a scenario.

use std::error::Error;
use std::time::Duration;

use serde::Serialize;
use tokio::time::{Instant, sleep_until, timeout};
use workflow_runtime::history::Event;
use workflow_runtime::{AnyExecution, Engine, ExecutionError, Failure};

use super::script::{Script, What};
use super::services;

#[derive(Serialize)]
struct Ran {
    /// For each thing that was done from outside, whether it was taken.
    taken: Vec<bool>,
    /// The first one is the scenario's own.
    executions: Vec<Execution>,
}

#[derive(Serialize)]
struct Execution {
    workflow: String,
    arn: String,
    parent: Option<String>,
    status: String,
    /// JSON in a string.
    output: Option<String>,
    error: Option<String>,
    cause: Option<String>,
    events: Vec<Event>,
}

pub(super) async fn run(script: &Script) -> Result<(), Box<dyn Error>> {
    let builder = Engine::builder().include_execution_data(true).keep_ended(usize::MAX);
    let engine = services::register(builder, script)?.start().await?;
    script.engine.get_or_init(|| engine.clone());
    let begun = Instant::now();
    let scenario = &script.scenario;
    let execution = engine.start_json(&scenario.workflow, &scenario.input.to_string()).await?;
    let mut taken = Vec::new();
    for event in &scenario.events {
        sleep_until(begun + Duration::from_secs(event.at)).await;
        taken.push(act(&engine, &execution, script, &event.what).await);
    }
    // What it started and left goes on after its own end.
    let mut executions = Vec::new();
    while let Some(next) = engine.executions().get(executions.len()) {
        executions.push(ended(next).await);
    }
    println!("{}", serde_json::to_string(&Ran { taken, executions })?);
    Ok(())
}

/// Does something from outside. Whether it was taken.
async fn act(engine: &Engine, execution: &AnyExecution, script: &Script, what: &What) -> bool {
    let tokens = script.tokens();
    let token = |number: usize| tokens.get(number).map_or("", String::as_str);
    match what {
        What::Succeed { token: number, output } => {
            engine.complete_json(token(*number), &output.to_string()).await.is_ok()
        }
        What::Fail { token: number, error, cause } => {
            engine.fail(token(*number), Failure::new(error, cause)).await.is_ok()
        }
        What::Take { activity } => match timeout(Duration::ZERO, engine.activity_task(activity)).await {
            Ok(task) => {
                script.keep(task.token().to_owned());
                true
            }
            Err(_) => false,
        },
        What::Beat { token: number } => engine.heartbeat(token(*number)).await.is_ok(),
        What::Stop {} => execution.cancel(),
    }
}

async fn ended(execution: &AnyExecution) -> Execution {
    let (output, failure) = match execution.output_json().await {
        Ok(output) => (Some(output), None),
        Err(ExecutionError::Failed(failure) | ExecutionError::Aborted(failure)) => (None, Some(failure)),
        Err(_) => (None, None),
    };
    let given = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    Execution {
        workflow: execution.id().workflow().to_owned(),
        arn: execution.id().arn(),
        parent: execution.parent().map(|parent| parent.arn()),
        status: execution.status().to_string(),
        output,
        error: failure.as_ref().and_then(|failure| given(&failure.error)),
        cause: failure.as_ref().and_then(|failure| given(&failure.cause)),
        events: execution.history(),
    }
}
