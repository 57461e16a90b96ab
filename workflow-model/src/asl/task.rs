//! `Task` states that invoke the Lambda function of the user's program.

use std::time::Duration;

use super::error::WriteError;
use super::json::{Json, Object, expression_text};
use super::placeholder::Placeholder;
use super::state::{StateWriter, output, whole_seconds};
use crate::jsonata::{Path, Template};
use crate::states::{Backoff, Function, FunctionName, Jitter, Task};

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
        .with("Arguments", arguments(writer, task)?)
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

fn arguments(writer: &StateWriter<'_>, task: &Task) -> Result<Object, WriteError> {
    let token = task.callback.then(|| Template::path(&Path::task_token()));
    let told = || told(writer, writer.input_template(), context(writer).maybe("task_token", token));
    Ok(match &task.function {
        None => invocation(Placeholder::task_function(), told()),
        Some(function) if function.own => invocation(function_name(writer, function)?, told()),
        Some(function) => invocation(function_name(writer, function)?, writer.input_template()),
    })
}

/// What the task's own function is called.
fn function_name(writer: &StateWriter<'_>, function: &Function) -> Result<Json, WriteError> {
    let index = match &function.name {
        FunctionName::Text(text) => return Ok(text.as_str().into()),
        FunctionName::Constant(index) => *index,
    };
    let constant = writer.definition.constants.get(index);
    if let Some(placeholder) = constant.and_then(|constant| constant.placeholder.clone()) {
        return Ok(Json::Placeholder(placeholder));
    }
    let Some(text) = constant.and_then(|constant| constant.value.as_str()) else {
        return Err(writer.unchecked("names its function by a constant that is neither a text nor a `Placeholder`"));
    };
    match FunctionName::check(text) {
        Ok(()) => Ok(text.into()),
        Err(mistake) => {
            Err(writer.unchecked(&format!("invokes `{text}`, which Lambda takes for no function: {mistake}")))
        }
    }
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

/// The arguments by which a function is invoked.
pub(super) fn invocation(function: impl Into<Json>, payload: impl Into<Json>) -> Object {
    Object::new().with("FunctionName", function).with("Payload", payload)
}

/// What a function of the program is told: which task to run on what, and what its `TaskContext` tells.
pub(super) fn told(writer: &StateWriter<'_>, input: Template, context: Object) -> Object {
    Object::new()
        .with("workflow", writer.place.workflow())
        .with("task", writer.place.task(writer.state))
        .with("input", input)
        .with("context", context)
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
