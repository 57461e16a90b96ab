//! `run`: one execution, its output on standard output, its progress on standard error.

use std::future::poll_fn;
use std::io::{IsTerminal, Read};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use tokio::signal::ctrl_c;
use workflow_model::picture::{self, Trace};

use super::arguments::Run;
use super::{App, AppError, print};
use crate::history::{Event, EventDetail};
use crate::{AnyExecution, Engine, ExecutionError, Failure, Follower, StartError, Status};

pub(super) async fn run(app: &App, arguments: Run) -> Result<(), AppError> {
    let workflow = &app.select(arguments.name.as_deref())?.workflow;
    let name = workflow.name();
    let input = arguments.input.as_deref().map_or_else(|| Ok("null".to_owned()), input)?;
    let mut builder = Engine::builder().include_execution_data(true);
    for entry in &app.workflows {
        builder = builder.any(entry.type_id, entry.workflow.clone());
    }
    let engine = builder.start().await.map_err(AppError::Build)?;
    let started = engine.start_json(name, &input).await;
    let execution = started.map_err(|error| match (error, &arguments.input) {
        (StartError::Input(error), None) => AppError::NoInput { name, error },
        (error, _) => AppError::Start(error),
    })?;
    let ended = interruptible(&execution, async {
        if arguments.verbose {
            eprintln!("{}", execution.id());
            verbose(execution.follow()).await;
        } else if std::io::stderr().is_terminal() {
            progress(name, execution.follow()).await;
        }
        execution.output_json().await.map_err(AppError::Execution)
    });
    let ended = ended.await;
    if let Some(path) = &arguments.graph {
        let picture = picture::svg_of_execution(&workflow.definition().machine, &trace(&execution));
        std::fs::write(path, picture).map_err(|error| AppError::Write { path: path.clone(), error })?;
    }
    print(&format!("{}\n", ended?))
}

/// The end of an execution, which an interrupt cancels.
async fn interruptible(
    execution: &AnyExecution,
    ended: impl Future<Output = Result<String, AppError>>,
) -> Result<String, AppError> {
    let mut ended = pin!(ended);
    let mut interrupted = pin!(async {
        if ctrl_c().await.is_err() {
            // Where nobody can listen to interrupts, they end the program as they always did.
            std::future::pending::<()>().await;
        }
        execution.cancel_with(Failure::new("Interrupted", ""));
        // A task that never waits does not hear of it. Who is tired of waiting for its end interrupts again.
        let _ = ctrl_c().await;
    });
    let ended = poll_fn(|context| {
        // It listens before anything is done.
        let interrupted = interrupted.as_mut().poll(context);
        match ended.as_mut().poll(context) {
            Poll::Pending => interrupted.map(|()| Err(AppError::Interrupted)),
            ended => ended,
        }
    });
    match ended.await {
        // Nothing else cancels it.
        Err(AppError::Execution(ExecutionError::Aborted(_))) => Err(AppError::Interrupted),
        ended => ended,
    }
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

/// The JSON that `--input` means.
fn input(text: &str) -> Result<String, AppError> {
    if text == "-" {
        let mut json = String::new();
        std::io::stdin().read_to_string(&mut json).map_err(|error| AppError::Stdin(error.to_string()))?;
        return match is_json(&json) {
            Ok(()) => Ok(json),
            Err(error) => Err(AppError::Stdin(error.to_string())),
        };
    }
    let Err(json) = is_json(text) else { return Ok(text.to_owned()) };
    let content =
        std::fs::read_to_string(text).map_err(|file| AppError::Input { text: text.to_owned(), json, file })?;
    match is_json(&content) {
        Ok(()) => Ok(content),
        Err(error) => Err(AppError::InputFile { path: text.to_owned(), error }),
    }
}

fn is_json(text: &str) -> serde_json::Result<()> {
    serde_json::from_str::<serde::de::IgnoredAny>(text).map(drop)
}

/// A line for each event.
async fn verbose(mut follower: Follower) {
    while let Some(event) = follower.next().await {
        eprintln!("{}", line(&event));
    }
}

/// One line that says where the execution is, for as long as it takes.
async fn progress(name: &str, mut follower: Follower) {
    let bar = ProgressBar::new_spinner().with_prefix(name.to_owned());
    let style = ProgressStyle::with_template("{spinner} {prefix} {msg} {elapsed}");
    bar.set_style(style.expect("the template has no mistake"));
    bar.enable_steady_tick(Duration::from_millis(100));
    while let Some(event) = follower.next().await {
        if let EventDetail::StateEntered { name, .. } = event.detail {
            bar.set_message(name);
        }
    }
    bar.finish_and_clear();
}

/// An event as one line.
fn line(event: &Event) -> String {
    let event_type = event.detail.event_type();
    let mut line = format!("{:>5} {event_type}", event.id);
    let (name, detail): (_, Option<Arc<str>>) = match &event.detail {
        EventDetail::StateEntered { name, input, .. } => (Some(*name), input.clone()),
        EventDetail::StateExited { name, output, .. } => (Some(*name), output.clone()),
        EventDetail::ExecutionStarted { input } => (None, input.clone()),
        EventDetail::TaskSucceeded { output, .. } | EventDetail::ExecutionSucceeded { output } => {
            (None, output.clone())
        }
        EventDetail::ActivityScheduled(task) => (Some(task.activity), task.input.clone()),
        EventDetail::ActivityStarted { worker_name } => (None, worker_name.clone()),
        EventDetail::ActivitySucceeded { output } => (None, output.clone()),
        EventDetail::ActivityFailed { failure }
        | EventDetail::ActivityTimedOut { failure }
        | EventDetail::TaskFailed { failure, .. }
        | EventDetail::TaskTimedOut { failure, .. }
        | EventDetail::ExecutionFailed { failure }
        | EventDetail::ExecutionAborted { failure }
        | EventDetail::MapRunFailed { failure }
        | EventDetail::EvaluationFailed { failure, .. } => (None, Some(failure.to_string().into())),
        EventDetail::TaskSubmitted { execution, .. } => (None, execution.as_ref().map(|id| id.to_string().into())),
        EventDetail::StateAborted { .. }
        | EventDetail::ParallelStateStarted
        | EventDetail::ParallelStateSucceeded
        | EventDetail::ParallelStateFailed
        | EventDetail::MapStateSucceeded
        | EventDetail::MapStateFailed
        | EventDetail::MapRunSucceeded => (None, None),
        EventDetail::MapRunStarted { arn } => (None, Some(arn.to_string().into())),
        EventDetail::MapStateStarted { length } => (None, Some(length.to_string().into())),
        EventDetail::MapIterationStarted { name, index }
        | EventDetail::MapIterationSucceeded { name, index }
        | EventDetail::MapIterationFailed { name, index }
        | EventDetail::MapIterationAborted { name, index } => (Some(*name), Some(index.to_string().into())),
        EventDetail::TaskScheduled { .. } | EventDetail::TaskStarted { .. } | EventDetail::ExecutionTimedOut => {
            (None, None)
        }
    };
    for part in name.into_iter().chain(detail.as_deref()) {
        line.push(' ');
        line.push_str(part);
    }
    line
}
