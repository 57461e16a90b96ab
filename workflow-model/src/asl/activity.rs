//! `Task` states that a worker of an activity runs.

use super::error::WriteError;
use super::json::{Json, Object, expression_text};
use super::placeholder::Placeholder;
use super::state::{StateWriter, output, whole_seconds};
use crate::jsonata::Path;
use crate::states::Task;

pub(super) fn write(writer: &StateWriter<'_>, task: &Task, activity: &str) -> Result<Object, WriteError> {
    let result = writer.value(Path::result(), Some(task.output));
    let retry = writer.retriers(&task.retry)?;
    let catch = writer.catchers(&task.catch)?;
    // The input of a state without a parameter is `null`, which Step Functions takes from an expression only.
    let input: Json = match writer.state.input {
        Some(_) => writer.input_template().into(),
        None => expression_text("null"),
    };
    let object = writer
        .begin("Task")
        .with("Resource", Placeholder::activity(activity))
        .with("Arguments", input)
        .with("Output", output(writer.result_output(&task.next, &result)?))
        .maybe("Assign", writer.assign(Some(&result))?)
        .maybe("TimeoutSeconds", task.timeout.map(whole_seconds))
        .maybe("HeartbeatSeconds", task.heartbeat.map(whole_seconds))
        .maybe("Retry", (!retry.is_empty()).then_some(retry))
        .maybe("Catch", (!catch.is_empty()).then_some(catch));
    writer.finish(object, &task.next)
}
