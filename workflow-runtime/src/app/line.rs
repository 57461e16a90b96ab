//! An event as one line.

use std::sync::Arc;

use crate::history::{Event, EventDetail};

/// The event's number, its type, what it is about, and what it has to say.
pub(super) fn line(event: &Event) -> String {
    format!("{:>5} {}", event.id, text(event))
}

/// The same with its time.
#[cfg(feature = "sqlite")]
pub(super) fn timed_line(event: &Event) -> String {
    format!("{:>5} {} {}", event.id, crate::clock::iso_8601(event.timestamp), text(event))
}

fn text(event: &Event) -> String {
    let mut line = event.detail.event_type();
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
