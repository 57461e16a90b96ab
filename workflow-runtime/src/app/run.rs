//! `run`: one execution, its output on standard output, its progress on standard error.

use std::future::{Future, poll_fn};
use std::io::IsTerminal;
use std::pin::pin;
use std::task::Poll;

use workflow_model::picture::{self, Trace};

use super::arguments::Run;
use super::line::line;
use super::signals::{Signal, Signals, heeding};
use super::{App, AppError, input, print, progress, tell};
use crate::history::EventDetail;
use crate::{AnyExecution, Engine, ExecutionError, Failure, StartError, Status};

pub(super) async fn run(app: &App, arguments: Run) -> Result<(), AppError> {
    let workflow = &app.select(arguments.name.as_deref())?.workflow;
    let input = arguments.input.as_deref().map_or_else(|| Ok("null".to_owned()), input::input)?;
    #[cfg(feature = "sqlite")]
    if let Some(file) = &arguments.kept.store {
        return super::durable::run(app, workflow.name(), &input, file, &arguments).await;
    }
    let signals = Signals::listen();
    let engine = app.engine().start().await.map_err(AppError::Build)?;
    let execution = start(&engine, workflow.name(), &input, &arguments).await?;
    let cancel = async |signal: Signal| {
        execution.cancel_with(Failure::new(signal.error(), ""));
    };
    let ended = match heeding(signals, ended(&engine, &execution, &arguments), cancel).await {
        // Nothing else cancels it.
        Err(signal) | Ok((Err(ExecutionError::Aborted(_)), Some(signal))) => Err(AppError::Cancelled(signal)),
        Ok((ended, _)) => ended.map_err(AppError::Execution),
    };
    draw(&execution, app, &arguments)?;
    print(&format!("{}\n", ended?))
}

/// Starts the execution that the arguments ask for.
pub(super) async fn start(
    engine: &Engine,
    workflow: &'static str,
    input: &str,
    arguments: &Run,
) -> Result<AnyExecution, AppError> {
    let started = match &arguments.execution {
        Some(name) => engine.start_named_json(workflow, name, input).await,
        None => engine.start_json(workflow, input).await,
    };
    started.map_err(|error| match (error, &arguments.input) {
        (StartError::Input(error), None) => AppError::NoInput { name: workflow, error },
        (error, _) => AppError::Start(error),
    })
}

/// The end of an execution. Meanwhile it is shown what happens, as the arguments say.
pub(super) async fn ended(
    engine: &Engine,
    execution: &AnyExecution,
    arguments: &Run,
) -> Result<String, ExecutionError> {
    if arguments.verbose {
        tell(execution.id());
        let mut follower = execution.follow();
        while let Some(event) = follower.next().await {
            tell(line(&event));
        }
    } else if std::io::stderr().is_terminal() {
        return beside(progress::of_execution(engine, execution), execution.output_json()).await;
    }
    execution.output_json().await
}

/// Does `work`, and for as long as that takes what never ends.
pub(super) async fn beside<T>(endless: impl Future<Output = ()>, work: impl Future<Output = T>) -> T {
    let (mut endless, mut work) = (pin!(endless), pin!(work));
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(value) => Poll::Ready(value),
        Poll::Pending => {
            let _ = endless.as_mut().poll(context);
            Poll::Pending
        }
    })
    .await
}

/// Draws what the execution did, where the arguments ask for it.
pub(super) fn draw(execution: &AnyExecution, app: &App, arguments: &Run) -> Result<(), AppError> {
    let Some(path) = &arguments.graph else { return Ok(()) };
    let workflow = &app.select(Some(execution.id().workflow()))?.workflow;
    let picture = picture::svg_of_execution(&workflow.definition(), &trace(execution));
    std::fs::write(path, picture).map_err(|error| AppError::Write { path: path.clone(), error })
}

/// What an execution did, for a picture of it.
fn trace(execution: &AnyExecution) -> Trace {
    let status = match execution.status() {
        Status::Running => picture::Status::Running,
        Status::Succeeded => picture::Status::Succeeded,
        Status::Failed | Status::TimedOut | Status::Aborted => picture::Status::Failed,
    };
    let entered = execution.history().into_iter().filter_map(|event| match event.detail {
        EventDetail::StateEntered { name, .. } => Some(name),
        _ => None,
    });
    Trace::new(entered, status)
}
