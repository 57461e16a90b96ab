//! `Task` states that run another workflow as an execution of its own.

use super::error::WriteError;
use super::json::{Json, Object, expression_text};
use super::placeholder::Placeholder;
use super::state::{StateWriter, output, whole_seconds};
use crate::definition::Child;
use crate::integrations::{PREFIX, Pattern};
use crate::jsonata::{Input, Path, Template};
use crate::shape::{Fields, Shape, ShapeRef, Shapes, StructShape, Tagging};
use crate::states::Nested;

pub(super) fn write(writer: &StateWriter<'_>, nested: &Nested) -> Result<Object, WriteError> {
    let answer = Path::result();
    let path = if nested.pattern == Pattern::Sync2 { answer.field("Output") } else { answer };
    let result = writer.value(path, Some(nested.output));
    let retry = writer.retriers(&nested.retry)?;
    let catch = writer.catchers(&nested.catch)?;
    let object = writer
        .begin("Task")
        .with("Resource", format!("{PREFIX}states:startExecution{}", nested.pattern.suffix()))
        .with("Arguments", arguments(writer, nested)?)
        .with("Output", output(writer.result_output(&nested.next, &result)?))
        .maybe("Assign", writer.assign(Some(&result))?)
        .maybe("TimeoutSeconds", nested.timeout.map(whole_seconds))
        .maybe("HeartbeatSeconds", nested.heartbeat.map(whole_seconds))
        .maybe("Retry", (!retry.is_empty()).then_some(retry))
        .maybe("Catch", (!catch.is_empty()).then_some(catch));
    writer.finish(object, &nested.next)
}

/// The state that starts a workflow on what it is given itself, and ends with the workflow's output: an item of a map.
pub(super) fn write_item(writer: &StateWriter<'_>, child: &Child, given: &Input) -> Result<Object, WriteError> {
    let arguments = Object::new()
        .with("StateMachineArn", Placeholder::state_machine(&child.name))
        .with("Input", with_parent(writer, Template::path(&given.path), given.shape));
    Ok(Object::new()
        .with("Type", "Task")
        .with("Resource", format!("{PREFIX}states:startExecution{}", Pattern::Sync2.suffix()))
        .with("Arguments", arguments)
        .with("Output", Template::path(&Path::result().field("Output")))
        .with("End", true))
}

/// Which machine to start on what. There is no `Name`: Step Functions makes one, as a constant one could run only once in
/// 90 days.
fn arguments(writer: &StateWriter<'_>, nested: &Nested) -> Result<Object, WriteError> {
    let child = writer.definition.child(nested.child);
    Ok(Object::new()
        .with("StateMachineArn", Placeholder::state_machine(&child.name))
        .with("Input", input(writer, nested)?))
}

/// The child's input, and in it which execution started the child: Step Functions links the two by that key.
fn input(writer: &StateWriter<'_>, nested: &Nested) -> Result<Json, WriteError> {
    let input_type = nested.input_type.or(writer.state.input);
    let shape = input_type.map(|input| writer.definition.shape_ref(input));
    let template = match &nested.input {
        Some(lambda) => writer.lower("the body", lambda, &writer.given(lambda), shape)?,
        None if shape.is_none() => Template::Object(Vec::new()),
        None => writer.input_template(),
    };
    Ok(with_parent(writer, template, shape))
}

/// A child's input of this shape, with the key by which Step Functions finds its parent, where it may have a key more.
fn with_parent(writer: &StateWriter<'_>, template: Template, shape: Option<ShapeRef>) -> Json {
    if shape.is_some_and(|shape| !takes_a_key_more(&writer.definition.shapes, shape)) {
        return template.into();
    }
    match template {
        Template::Expression(expression) => {
            let merged = format!("$merge([{expression}, {{\"{STARTED_BY}\": {STARTING_EXECUTION}}}])");
            expression_text(&merged)
        }
        template => match template.into() {
            Json::Object(members) => members.with(STARTED_BY, expression_text(STARTING_EXECUTION)).into(),
            other => other,
        },
    }
}

/// The key under which Step Functions looks for the execution that started another.
const STARTED_BY: &str = "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID";

/// The execution that the state belongs to.
const STARTING_EXECUTION: &str = "$states.context.Execution.Id";

/// Whether a value of this shape is always an object, and still reads as the same value with a key more in it. Where keys
/// are data, or where the one key is the tag of an enum, it does not.
fn takes_a_key_more(shapes: &Shapes, shape: ShapeRef) -> bool {
    match shapes.get(shape) {
        Shape::Struct(StructShape { fields: Fields::Named(_), .. }) => true,
        Shape::Struct(StructShape { fields: Fields::Newtype { shape, .. }, .. }) => takes_a_key_more(shapes, *shape),
        Shape::Enum(shape) => matches!(shape.tagging, Tagging::Internal { .. } | Tagging::Adjacent { .. }),
        _ => false,
    }
}
