//! Executions that are kept in a file: `run --store`, and the commands that look at the file.

mod arguments;
mod error;
mod executions;
mod find;
mod history;
mod remove;
mod resume;
mod stop;

use std::future::{Future, poll_fn};
use std::path::Path;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use tokio::time::{Instant, sleep};

pub(super) use arguments::{Command, Kept};
pub(super) use error::DurableError;

use error::resume_command;

use super::arguments::Run;
use super::run::{draw, ended, start};
use super::signals::{Signal, Signals, heeding};
use super::{App, AppError, print, tell};
use crate::store::{Filter, Sqlite, Store};
use crate::{Engine, ExecutionError, Status};

/// Does what a command says.
pub(super) async fn execute(app: &App, command: Command) -> Result<(), AppError> {
    match command {
        Command::Executions(executions) => executions::executions(&executions),
        Command::History(history) => history::history(&history).await,
        Command::Stop(stop) => stop::stop(&stop).await,
        Command::Remove(remove) => remove::remove(&remove).await,
        Command::Resume(resume) => resume::resume(app, &resume).await,
    }
}

/// `run --store`: one execution that goes on after a crash. Others that are in the file are left alone.
pub(super) async fn run(
    app: &App,
    workflow: &'static str,
    input: &str,
    file: &Path,
    arguments: &Run,
) -> Result<(), AppError> {
    let signals = Signals::listen();
    let store = open(file).await?;
    let engine = app.engine().store(store).only_what_is_started().start().await.map_err(AppError::Build)?;
    let execution = start(&engine, workflow, input, arguments).await?;
    let stop = async |_| {
        engine.shutdown(arguments.kept.grace.grace).await;
    };
    let heeded = heeding(signals, ended(&engine, &execution, arguments), stop).await;
    let ended = match heeded {
        Ok((Err(ExecutionError::Suspended), signal)) => Err(suspended(&engine, signal, file).await.into()),
        Ok((ended, _)) => ended.map_err(AppError::Execution),
        Err(signal) => Err(DurableError::Suspended { signal: Some(signal), file: file.to_owned() }.into()),
    };
    draw(&execution, app, arguments)?;
    print_end(ended, &engine, arguments.kept.grace.grace, file).await
}

/// Prints what an execution came to, when all that it has started is written down.
async fn print_end(
    ended: Result<String, AppError>,
    engine: &Engine,
    grace: Duration,
    file: &Path,
) -> Result<(), AppError> {
    if let Err(AppError::Durable(DurableError::Suspended { .. } | DurableError::StoreFailed(_))) = ended {
        return ended.map(drop);
    }
    engine.shutdown(grace).await;
    let output = ended?;
    print(&format!("{output}\n"))?;
    let others = Filter { status: Some(Status::Running), limit: Some(1), ..Filter::default() };
    let store = Sqlite::open_read_only(file)?;
    if !store.list(&others)?.is_empty() {
        tell(format_args!("there are executions that have not ended; `{}` goes on with them", resume_command(file)));
    }
    Ok(())
}

/// Why executions were left where they are.
async fn suspended(engine: &Engine, signal: Option<Signal>, file: &Path) -> DurableError {
    let stranded = engine.stranded();
    if let Some(failure) = at_once(engine.store_failure()).await {
        DurableError::StoreFailed(failure)
    } else if signal.is_none() && !stranded.is_empty() {
        DurableError::Stranded(stranded)
    } else {
        DurableError::Suspended { signal, file: file.to_owned() }
    }
}

/// What a future gives without waiting.
async fn at_once<T>(future: impl Future<Output = T>) -> Option<T> {
    let mut future = pin!(future);
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending => Poll::Ready(None),
    })
    .await
}

/// How long to wait for a process that is about to leave the file: `stop` is there for a moment, and a program that was asked to end for a
/// little longer.
const PATIENCE: Duration = Duration::from_secs(1);

/// The file to write to.
async fn open(file: &Path) -> Result<Sqlite, AppError> {
    let until = Instant::now() + PATIENCE;
    loop {
        match Sqlite::open(file) {
            Err(error) if error.is_in_use() && Instant::now() < until => sleep(PATIENCE / 50).await,
            opened => return Ok(opened?),
        }
    }
}

fn is_there(file: &Path) -> Result<(), DurableError> {
    if file.exists() { Ok(()) } else { Err(DurableError::NoStore(file.to_owned())) }
}

/// The file to look at, which another process may be writing to.
fn look_into(file: &Path) -> Result<Sqlite, AppError> {
    is_there(file)?;
    Ok(Sqlite::open_read_only(file)?)
}
