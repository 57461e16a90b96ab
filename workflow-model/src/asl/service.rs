//! `Task` states that call a service of AWS.

use super::error::WriteError;
use super::json::{Json, Object};
use super::state::{self, StateWriter, whole_seconds};
use super::task::lambda_retrier;
use crate::integrations::{Integration, missing};
use crate::jsonata::{Path, Template};
use crate::shape::Shape;
use crate::states::{Service, Task};

/// The result is what the service answers: of it, the program takes what the declared type has.
pub(super) fn write(writer: &StateWriter<'_>, task: &Task, service: &Service) -> Result<Object, WriteError> {
    let integration = Integration::read(&service.resource)
        .map_err(|mistake| writer.unchecked(&format!("calls a service that there is not: {mistake}")))?;
    let lambda = integration.is_lambda().then(|| lambda_retrier(writer)).transpose()?;
    let retry: Vec<Json> = lambda.into_iter().chain(writer.retriers(&task.retry)?).collect();
    let catch = writer.catchers(&task.catch)?;
    let object = writer
        .begin("Task")
        .with("Resource", service.resource.as_str())
        .with("Arguments", arguments(writer, &integration, service)?)
        .with("Output", state::output(output(writer, task)?))
        .maybe("Assign", writer.assign(Some(&writer.value(Path::result(), Some(task.output))))?)
        .maybe("TimeoutSeconds", task.timeout.map(whole_seconds))
        .maybe("HeartbeatSeconds", task.heartbeat.filter(|_| task.callback).map(whole_seconds))
        .maybe("Retry", (!retry.is_empty()).then_some(retry))
        .maybe("Catch", (!catch.is_empty()).then_some(catch));
    writer.finish(object, &task.next)
}

fn arguments(writer: &StateWriter<'_>, integration: &Integration, service: &Service) -> Result<Template, WriteError> {
    let template = match &service.arguments {
        Some(lambda) => writer.lower("the closure of `arguments`", lambda, &writer.given(lambda), None)?,
        None if writer.state.input.is_none() => Template::Object(Vec::new()),
        None => return Ok(writer.input_template()),
    };
    match missing(integration, |path| lacks(&template, path)).into_iter().next() {
        Some(names) => Err(writer.unchecked(&format!("lacks {names} in its arguments, which the service needs"))),
        None => Ok(template),
    }
}

/// Whether a template has nothing at a path for sure.
fn lacks(template: &Template, path: &[&str]) -> bool {
    match (template, path) {
        (Template::Object(entries), [first, rest @ ..]) => {
            entries.iter().find(|(key, _)| key == first).is_none_or(|(_, value)| lacks(value, rest))
        }
        (Template::Literal(_) | Template::Array { .. } | Template::Placeholder(_), [_, ..]) => true,
        (Template::Expression(_), _) | (_, []) => false,
    }
}

/// What the state hands on. A task that is declared to give `()` gives none of the answer.
fn output(writer: &StateWriter<'_>, task: &Task) -> Result<Template, WriteError> {
    let result = writer.value(Path::result(), Some(task.output));
    let is_unit = *writer.definition.shape(task.output) == Shape::Unit;
    match is_unit && writer.closure(&task.next).is_none() {
        true => Ok(Template::Literal(serde_json::Value::Null)),
        false => writer.result_output(&task.next, &result),
    }
}
