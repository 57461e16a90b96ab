//! Payloads as Step Functions makes them of the exported definition.

use jlens_core::{Bindings, Expression};
use serde_json::{Value, json};
use workflow_runtime::model::{Definition, asl};

/// What Step Functions knows in a state.
pub(crate) struct Context {
    pub(crate) retry_count: u32,
    pub(crate) poll_count: u32,
    /// The position of the item, where the state is run for several.
    pub(crate) item: Option<usize>,
    pub(crate) token: String,
}

impl Default for Context {
    fn default() -> Self {
        Context { retry_count: 0, poll_count: 0, item: None, token: "token".to_owned() }
    }
}

/// What a task is invoked with, on an input.
pub(crate) fn payload(definition: &Definition, task: &str, input: &Value, context: &Context) -> Value {
    let document = Value::from(asl::document(definition).expect("it is exported"));
    let (state, payload) = find(&document, task).unwrap_or_else(|| panic!("no task `{task}` in {document}"));
    let is_polling = payload["context"].get("poll_count").is_some();
    let input = match is_polling {
        true => json!({ "input": input, "poll_count": context.poll_count, "polling_since": 1_795_384_500_000_u64 }),
        false => input.clone(),
    };
    let mut known = json!({
        "Execution": {
            "Id": "arn:aws:states:eu-west-1:123456789012:execution:SendParcel:9f0c",
            "StartTime": "2026-11-22T21:55:51.250Z",
        },
        "State": { "Name": state, "EnteredTime": "2026-11-22T21:55:52.125Z", "RetryCount": context.retry_count },
        "Task": { "Token": context.token },
    });
    if let Some(index) = context.item {
        known["Map"] = json!({ "Item": { "Index": index } });
    }
    evaluate(payload, &json!({ "input": input, "context": known }))
}

/// The state that runs a task, and the payload in it.
fn find<'d>(value: &'d Value, task: &str) -> Option<(&'d str, &'d Value)> {
    match value {
        Value::Object(members) => members.iter().find_map(|(name, member)| {
            let payload = &member["Arguments"]["Payload"];
            if payload["task"] == task { Some((name.as_str(), payload)) } else { find(member, task) }
        }),
        Value::Array(elements) => elements.iter().find_map(|element| find(element, task)),
        _ => None,
    }
}

fn evaluate(template: &Value, states: &Value) -> Value {
    match template {
        Value::String(text) => match text.strip_prefix("{% ").and_then(|text| text.strip_suffix(" %}")) {
            Some(code) => {
                let bindings = Bindings::new().var("states", states.clone());
                let value = Expression::compile(code).and_then(|compiled| compiled.evaluate(None, &bindings));
                value.ok().flatten().unwrap_or_else(|| panic!("{code} has no value, given {states}"))
            }
            None => template.clone(),
        },
        Value::Object(entries) => entries.iter().map(|(key, value)| (key.clone(), evaluate(value, states))).collect(),
        other => other.clone(),
    }
}
