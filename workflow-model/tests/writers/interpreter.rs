//! A small interpreter of Amazon States Language: enough to see that a written definition does what its workflow says.
//! JSONata is evaluated by an evaluator that agrees with the reference.

use jlens_core::{Bindings, Expression, HostFunction};
use serde_json::{Value, json};

/// What a task answers: its result, or the name and the cause of its error.
pub(crate) type Answer = Result<Value, (&'static str, String)>;

/// How an execution ended.
#[derive(Debug, PartialEq)]
pub(crate) enum End {
    Succeeded(Value),
    Failed { error: String, cause: String },
}

/// Runs a definition. `answer` is called with the `Arguments` of each task.
pub(crate) fn run(definition: &Value, input: Value, mut answer: impl FnMut(&Value) -> Answer) -> End {
    let mut name = text(&definition["StartAt"]).to_owned();
    let mut input = input;
    loop {
        let state = &definition["States"][&name];
        let execution = json!({ "Id": "parent", "StartTime": "earlier" });
        let entered = json!({ "Name": name, "EnteredTime": "now", "RetryCount": 0 });
        let states = json!({ "input": input, "context": { "Execution": execution, "State": entered } });
        let (next, output) = match text(&state["Type"]) {
            "Task" => task(state, states, &mut answer),
            "Choice" => choice(state, &states),
            "Wait" => {
                assert!(evaluate(&state["Seconds"], &states).is_number(), "{name} waits for a number of seconds");
                (state, output(state, &states))
            }
            "Pass" => (state, output(state, &states)),
            "Succeed" => return End::Succeeded(output(state, &states)),
            "Fail" => {
                let part = |key: &str| text(&evaluate(&state[key], &states)).to_owned();
                return End::Failed { error: part("Error"), cause: part("Cause") };
            }
            other => panic!("{name} is of the unknown type {other}"),
        };
        if next["End"] == true {
            return End::Succeeded(output);
        }
        let successor = next.get("Next").unwrap_or(&next["Default"]);
        (name, input) = (text(successor).to_owned(), output);
    }
}

/// What says where to go on, and what with: the state itself, or a catcher.
type Step<'a> = (&'a Value, Value);

fn task<'a>(state: &'a Value, mut states: Value, answer: &mut impl FnMut(&Value) -> Answer) -> Step<'a> {
    let result_key = if text(&state["Resource"]).ends_with("lambda:invoke") { "Payload" } else { "Output" };
    match answer(&evaluate(&state["Arguments"], &states)) {
        Ok(result) => {
            states["result"] = json!({ result_key: result });
            (state, output(state, &states))
        }
        Err((error, cause)) => {
            let takes = |catcher: &&Value| {
                let names = catcher["ErrorEquals"].as_array().into_iter().flatten();
                names.map(text).any(|name| name == error || name == "States.ALL")
            };
            let catcher = state["Catch"].as_array().into_iter().flatten().find(takes);
            let catcher = catcher.unwrap_or_else(|| panic!("nothing catches {error}"));
            states["errorOutput"] = json!({ "Error": error, "Cause": cause });
            (catcher, output(catcher, &states))
        }
    }
}

fn choice<'a>(state: &'a Value, states: &Value) -> Step<'a> {
    for rule in state["Choices"].as_array().into_iter().flatten() {
        let Value::Bool(holds) = evaluate(&rule["Condition"], states) else {
            panic!("{rule} has no boolean condition")
        };
        if holds {
            return (rule, output(rule, states));
        }
    }
    (state, output(state, states))
}

/// The `Output`; without one, the input.
fn output(state: &Value, states: &Value) -> Value {
    state.get("Output").map_or_else(|| states["input"].clone(), |template| evaluate(template, states))
}

fn evaluate(template: &Value, states: &Value) -> Value {
    match template {
        Value::String(text) => match text.strip_prefix("{% ").and_then(|text| text.strip_suffix(" %}")) {
            Some(code) => evaluate_code(code, states),
            None => template.clone(),
        },
        Value::Array(items) => items.iter().map(|item| evaluate(item, states)).collect(),
        Value::Object(entries) => entries.iter().map(|(key, value)| (key.clone(), evaluate(value, states))).collect(),
        scalar => scalar.clone(),
    }
}

fn evaluate_code(code: &str, states: &Value) -> Value {
    let parse = HostFunction::new(1, |args, _| {
        let text = args.first().and_then(Option::as_ref).and_then(Value::as_str);
        Ok(text.map(|text| serde_json::from_str(text).expect("`$parse` is given JSON only")))
    });
    let bindings = Bindings::new().var("states", states.clone()).function("parse", parse);
    let result = Expression::compile(code).and_then(|compiled| compiled.evaluate(None, &bindings));
    let value = result.unwrap_or_else(|error| panic!("{code}: {error}"));
    value.unwrap_or_else(|| panic!("{code} is undefined, given {states}"))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}
