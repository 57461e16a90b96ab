//! The workflows of the examples, with services that do as a scenario tells them: as a Lambda function where Lambda's environment is
//! there, else natively, under tokio's paused clock, with all that happened as JSON on standard output.
//!
//! `.ci/parity` runs it. `PARITY_SCENARIO` is the file of the scenario, `PARITY_CALLS` a directory that belongs to this scenario alone. With
//! `PARITY_EXPORT` it prints the scenario's definitions instead.

#![allow(unreachable_pub, reason = "the examples' modules are written as they would be in a library")]

mod native;
mod script;
mod services;

use std::collections::BTreeMap;
use std::error::Error;
use std::process::ExitCode;

use workflow_runtime::model::asl::{self, WriteError};
use workflow_runtime::{App, EngineBuilder, Workflow};

use script::Script;

/// What workflows are added to.
trait Registry: Sized {
    fn add<W: Workflow>(self, workflow: W) -> Self;
}

impl Registry for App {
    fn add<W: Workflow>(self, workflow: W) -> Self {
        self.workflow(workflow)
    }
}

impl Registry for EngineBuilder {
    fn add<W: Workflow>(self, workflow: W) -> Self {
        self.workflow(workflow)
    }
}

/// The definitions of workflows, each by its workflow's name.
#[derive(Default)]
struct Definitions(BTreeMap<&'static str, Result<String, WriteError>>);

impl Registry for Definitions {
    fn add<W: Workflow>(mut self, _: W) -> Self {
        self.0.insert(W::NAME, asl::write(&W::definition()));
        self
    }
}

/// Prints the definitions that the scenario is about.
fn export() -> Result<(), Box<dyn Error>> {
    let Definitions(definitions) = services::register(Definitions::default(), &Script::natively()?)?;
    let texts = definitions
        .into_iter()
        .map(|(name, text)| Ok((name, text?)))
        .collect::<Result<BTreeMap<_, _>, WriteError>>()?;
    println!("{}", serde_json::to_string(&texts)?);
    Ok(())
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    if std::env::var_os("PARITY_EXPORT").is_some() {
        export()?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_all();
    if std::env::var_os("AWS_LAMBDA_RUNTIME_API").is_some() {
        let script = Script::on_lambda()?;
        return Ok(runtime.build()?.block_on(services::register(App::new(), &script)?.main()));
    }
    runtime.start_paused(true).build()?.block_on(native::run(&Script::natively()?))?;
    Ok(ExitCode::SUCCESS)
}
