//! `Task` states that invoke the Lambda function of the user's program.

use std::time::Duration;

use super::error::WriteError;
use super::json::{Json, Object, expression_text};
use super::placeholder::Placeholder;
use super::state::{StateWriter, output, whole_seconds};
use crate::jsonata::{Path, Template};
use crate::states::{Backoff, Jitter, Task};

/// Only a callback has `HeartbeatSeconds`: a function that Step Functions waits for has no way to send heartbeats, so the task would
/// end after the first interval although it is alive. Its timeout bounds it.
pub(super) fn write(writer: &StateWriter<'_>, task: &Task) -> Result<Object, WriteError> {
    let (resource, path) = match task.callback {
        true => ("arn:aws:states:::lambda:invoke.waitForTaskToken", Path::result()),
        false => ("arn:aws:states:::lambda:invoke", Path::result().field("Payload")),
    };
    let result = writer.value(path, Some(task.output));
    let mut retry = vec![lambda_retrier(writer)?];
    retry.extend(writer.retriers(&task.retry)?);
    let catch = writer.catchers(&task.catch)?;
    let object = writer
        .begin("Task")
        .with("Resource", resource)
        .with("Arguments", arguments(writer, task))
        .with("Output", output(writer.result_output(&task.next, &result)?))
        .maybe("Assign", writer.assign(Some(&result))?)
        .maybe("TimeoutSeconds", task.timeout.map(whole_seconds))
        .maybe("HeartbeatSeconds", task.heartbeat.filter(|_| task.callback).map(whole_seconds))
        .with("Retry", retry)
        .maybe("Catch", (!catch.is_empty()).then_some(catch));
    writer.finish(object, &task.next)
}

/// The retrier of what Lambda itself raises.
pub(super) fn lambda_retrier(writer: &StateWriter<'_>) -> Result<Json, WriteError> {
    writer.retrier(LAMBDA_ERRORS.map(Json::from).to_vec(), &LAMBDA_BACKOFF)
}

fn arguments(writer: &StateWriter<'_>, task: &Task) -> Object {
    let token = task.callback.then(|| Template::path(&Path::task_token()));
    invocation(writer, writer.input_template(), context(writer).maybe("task_token", token))
}

/// What a task's `TaskContext` tells. All of it is known on the first attempt as well.
pub(super) fn context(writer: &StateWriter<'_>) -> Object {
    let of_context = |path: &str| expression_text(&format!("$states.context.{path}"));
    // Where items are run side by side, several may enter a state in the same millisecond. The array is there should the index not be.
    let item = writer.place.is_item().then(|| expression_text("[$states.context.Map.Item.Index]"));
    Object::new()
        .with("execution", of_context("Execution.Id"))
        .with("start_time", of_context("Execution.StartTime"))
        .with("state", of_context("State.Name"))
        .with("entered_time", of_context("State.EnteredTime"))
        .maybe("item", item)
        .with("retry_count", of_context("State.RetryCount"))
}

/// What the function is called with: which task to run on what, and what its `TaskContext` tells.
pub(super) fn invocation(writer: &StateWriter<'_>, input: Template, context: Object) -> Object {
    let payload = Object::new()
        .with("workflow", writer.place.workflow())
        .with("task", writer.place.task(writer.state))
        .with("input", input)
        .with("context", context);
    Object::new().with("FunctionName", Placeholder::task_function()).with("Payload", payload)
}

/// What Lambda itself raises for a moment: the task's code has not run, or its answer is lost. These names come before the
/// user's retriers, whose `States::TaskFailed` or `States::All` would take them otherwise, and use up their attempts.
///
/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/bp-lambda-serviceexception.html>.
const LAMBDA_ERRORS: [&str; 5] = [
    "Lambda.ClientExecutionTimeoutException",
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.TooManyRequestsException",
];

/// The schedule that AWS advises for [`LAMBDA_ERRORS`].
const LAMBDA_BACKOFF: Backoff = Backoff {
    interval: Duration::from_secs(2),
    max_attempts: 6,
    backoff_rate: 2.0,
    max_delay: None,
    jitter: Jitter::None,
};
