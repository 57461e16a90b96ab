//! Compares the history of a native execution with one that AWS recorded.
//!
//! What is left out on both sides, because it cannot be the same: times, identities and ARNs, regions, the metadata that
//! AWS writes next to each payload, and of a Lambda function's error its request and its stack trace. Beyond that
//!
//! - the native history does not hold a task's `parameters`: a native task takes its state's input;
//! - a native task always has a timeout, so `timeoutInSeconds` is compared where AWS had one too;
//! - natively an expression is evaluated as a whole, so its `location` names no field within (`Output`, not
//!   `Output/result`), and the words behind the first sentence of its `cause` are the evaluator's.
//!
//! Of what happened side by side, some recordings do not have the numbers: LocalStack's suite sorts these events, and leaves out
//! the first or last ones of the state. See [`Recorded::assert_same_branches`].
//!
//! What else differs between a recorded definition and its native form stands with the test.

use std::path::Path;

use serde_json::{Map, Value};
use workflow_runtime::{Engine, Workflow};

/// Keys that are not compared.
const VOLATILE: &[&str] = &[
    "timestamp",
    "inputDetails",
    "outputDetails",
    "assignedVariablesDetails",
    "parameters",
    "region",
    "requestId",
    "stackTrace",
];
/// Keys whose values are not compared.
const OVERWRITTEN: &[&str] = &["ExecutionArn", "StateMachineArn", "Name", "StartDate", "StopDate"];
/// Keys whose values may be JSON in a string.
const EMBEDDED: &[&str] = &["input", "output", "cause", "Cause", "Output"];

/// The history of an execution on AWS.
pub(crate) struct Recorded {
    events: Vec<Value>,
}

impl Recorded {
    /// Reads `recorded/name.json`.
    pub(crate) fn read(name: &str) -> Self {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/history/recorded").join(name).with_extension("json");
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut case: Value = serde_json::from_str(&text).expect("a recording is JSON");
        match case["events"].take() {
            Value::Array(events) => Recorded { events },
            other => panic!("{name} has {other} for its events"),
        }
    }

    /// What the execution was started with.
    pub(crate) fn input(&self) -> String {
        let mut input = self.events[0]["executionStartedEventDetails"]["input"].clone();
        embedded(&mut input);
        input.to_string()
    }

    /// What the first event with these details has for an output.
    pub(crate) fn replay(&self, details: &str) -> Value {
        let mut answers = self.events.iter().filter_map(|event| event.get(details)?.get("output"));
        answers.next().cloned().unwrap_or_default()
    }

    /// The recording in the native form, where a definition differs from it.
    pub(crate) fn with_each(mut self, change: impl FnMut(&mut Value)) -> Self {
        self.events.iter_mut().for_each(change);
        self
    }

    /// The events.
    pub(crate) fn events(&self) -> &[Value] {
        &self.events
    }

    /// The recording without the events of a type, numbered as if they had never been.
    pub(crate) fn without(self, event_type: &str) -> Self {
        self.without_where(|event| event["type"] == event_type)
    }

    /// The recording without some events, numbered as if they had never been.
    pub(crate) fn without_where(mut self, is_left_out: impl Fn(&Value) -> bool) -> Self {
        while let Some(position) = self.events.iter().position(&is_left_out) {
            let removed = self.events.remove(position);
            let closed = |number: &Value| match number.as_u64() {
                Some(number) if Some(number) >= removed["id"].as_u64() => Value::from(number - 1),
                _ => number.clone(),
            };
            for event in &mut self.events {
                event["id"] = closed(&event["id"]);
                event["previousEventId"] = closed(&event["previousEventId"]);
            }
        }
        self
    }

    /// Compares with a native history.
    pub(crate) fn assert_same(&self, native: Vec<Value>) {
        let recorded: Vec<Value> = self.events.iter().cloned().map(normal).collect();
        let mut native: Vec<Value> = native.into_iter().map(normal).collect();
        for (native, recorded) in native.iter_mut().zip(&recorded) {
            unlimited(native, recorded);
        }
        assert_eq!(types(&native), types(&recorded), "native on the left, AWS on the right");
        for (native, recorded) in native.iter().zip(&recorded) {
            assert_eq!(native, recorded, "native on the left, AWS on the right");
        }
    }
}

impl Recorded {
    /// Compares with a native history of branches. Events that were recorded with their numbers are the same under these numbers;
    /// the others are there, in any order, besides those of the `unrecorded` types.
    pub(crate) fn assert_same_branches(&self, native: Vec<Value>, unrecorded: &[&str]) {
        let (numbered, sorted): (Vec<_>, Vec<_>) =
            self.events.iter().cloned().map(normal).partition(|event| event["id"].is_number());
        let mut native: Vec<Value> = native.into_iter().map(normal).collect();
        for recorded in &numbered {
            let position = native.iter().position(|event| event["id"] == recorded["id"]);
            let event = position.map(|position| native.remove(position));
            assert_eq!(event.as_ref(), Some(recorded), "native on the left, AWS on the right");
        }
        for recorded in sorted {
            let is_same = |event: &Value| {
                let mut event = event.clone();
                for number in ["id", "previousEventId"] {
                    event[number] = recorded[number].clone();
                }
                unlimited(&mut event, &recorded);
                event == recorded
            };
            let position = native.iter().position(is_same);
            let position = position.unwrap_or_else(|| panic!("no event is {recorded}\nin {native:#?}"));
            native.remove(position);
        }
        assert_eq!(types(&native), unrecorded);
    }
}

/// Takes the timeout out of an event, where AWS had none.
fn unlimited(native: &mut Value, recorded: &Value) {
    for scheduled in ["taskScheduledEventDetails", "activityScheduledEventDetails"] {
        if recorded[scheduled]["timeoutInSeconds"].is_null()
            && let Some(Value::Object(details)) = native.get_mut(scheduled)
        {
            details.remove("timeoutInSeconds");
        }
    }
}

/// The types of events, in order.
fn types(events: &[Value]) -> Vec<Value> {
    events.iter().map(|event| event["type"].clone()).collect()
}

/// A native history without the state in which variables get their first values, which no recorded definition has, numbered as if it
/// had never been.
pub(crate) fn without_initial_variables(mut native: Vec<Value>) -> Vec<Value> {
    let initial: Vec<Value> = native.drain(1..3).collect();
    assert!(initial.iter().all(|event| event.to_string().contains("InitialVariables")), "{initial:?}");
    for event in &mut native[1..] {
        for key in ["id", "previousEventId"] {
            event[key] = Value::from(event[key].as_u64().unwrap_or_default().saturating_sub(2));
        }
    }
    // The first state follows from nothing.
    native[1]["previousEventId"] = Value::from(0);
    native
}

/// Runs the workflow with the recording's input, and compares.
pub(crate) async fn same<W: Workflow>(workflow: W, recorded: Recorded) {
    recorded.assert_same(native(workflow, &recorded.input()).await);
}

/// The native history of one execution.
pub(crate) async fn native<W: Workflow>(workflow: W, input: &str) -> Vec<Value> {
    native_beside(workflow, input, |_| std::future::ready(())).await
}

/// The same, with somebody who answers its callbacks or works on its activities.
pub(crate) async fn native_beside<W: Workflow, F>(
    workflow: W,
    input: &str,
    somebody: impl FnOnce(Engine) -> F,
) -> Vec<Value>
where
    F: Future<Output = ()> + Send + 'static,
{
    let builder = Engine::builder().workflow(workflow).include_execution_data(true);
    let engine = builder.start().await.expect("there is one workflow");
    tokio::spawn(somebody(engine.clone()));
    let execution = engine.start_json(W::NAME, input).await.expect("the input fits");
    let _ = execution.output_json().await;
    execution.history().iter().map(|event| serde_json::to_value(event).expect("an event is JSON")).collect()
}

/// An event without what cannot be the same.
fn normal(mut event: Value) -> Value {
    clean(&mut event);
    if let Some(Value::Object(details)) = event.get_mut("evaluationFailedEventDetails") {
        shorten(details, "location", "/");
    }
    for details in ["evaluationFailedEventDetails", "executionFailedEventDetails"] {
        if let Some(Value::Object(details)) = event.get_mut(details)
            && details.get("error").is_some_and(|error| error == "States.QueryEvaluationError")
        {
            shorten(details, "cause", ". ");
        }
    }
    event
}

fn clean(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|key, _| !VOLATILE.contains(&key.as_str()));
            for (key, value) in fields {
                if OVERWRITTEN.contains(&key.as_str()) {
                    *value = Value::from("volatile");
                }
                if EMBEDDED.contains(&key.as_str()) {
                    embedded(value);
                }
                if key == "assignedVariables"
                    && let Value::Object(variables) = value
                {
                    variables.values_mut().for_each(embedded);
                }
                clean(value);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(clean),
        _ => {}
    }
}

/// Replaces a string that holds an object or an array by what it holds.
pub(crate) fn embedded(value: &mut Value) {
    if let Some(text) = value.as_str()
        && text.starts_with(['{', '['])
        && let Ok(object) = serde_json::from_str(text)
    {
        *value = object;
    }
}

fn shorten(details: &mut Map<String, Value>, key: &str, end: &str) {
    let short = details.get(key).and_then(Value::as_str).and_then(|text| text.split(end).next()).map(Value::from);
    details.extend(short.map(|short| (key.to_owned(), short)));
}
