//! The two sides.

use jlens_core::{Bindings, Expression};
use serde::Serialize;
use serde_json::{Value, json};
use workflow_runtime::model::asl;
use workflow_runtime::{ExecutionError, Workflow};

/// A workflow of one state whose body is the expression.
macro_rules! pass {
    ($name:ident($input:ident: $from:ty) -> $to:ty { $($body:tt)* }) => {
        #[derive(Clone)]
        struct $name;

        #[workflow_runtime::workflow(start = calculate, timeout = "1h")]
        impl $name {
            #[pass(end)]
            fn calculate($input: $from) -> $to { $($body)* }
        }
    };
}
pub(crate) use pass;

/// What both sides make of each input: a value, or what is said when the state fails.
#[track_caller]
pub(crate) fn both<W>(workflow: W, cases: impl IntoIterator<Item = (W::Input, Result<Value, &'static str>)>)
where
    W: Workflow + Clone,
    W::Input: Clone,
    W::Output: Serialize,
{
    for (input, expected) in cases {
        let written = json!(input);
        let expected = expected.map_err(str::to_owned);
        let native = native(workflow.clone(), input);
        assert!(same(&native, &expected), "natively {native:?}, not {expected:?}, for {written}");
        let exported = exported::<W>(written.clone());
        assert!(same(&exported, &expected), "exported {exported:?}, not {expected:?}, for {written}");
    }
}

/// Both sides fail, each in its own words.
#[track_caller]
pub(crate) fn both_fail<W>(workflow: W, inputs: impl IntoIterator<Item = W::Input>)
where
    W: Workflow + Clone,
    W::Input: Clone,
    W::Output: Serialize,
{
    for input in inputs {
        let written = json!(input);
        let native = native(workflow.clone(), input);
        assert!(native.is_err(), "natively {native:?} for {written}");
        let exported = exported::<W>(written.clone());
        assert!(exported.is_err(), "exported {exported:?} for {written}");
    }
}

fn native<W>(workflow: W, input: W::Input) -> Result<Value, String>
where
    W: Workflow,
    W::Output: Serialize,
{
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime can be started");
    match runtime.block_on(async { workflow.run(input).await }) {
        Ok(output) => Ok(json!(output)),
        Err(ExecutionError::Failed(failure)) => {
            assert_eq!(failure.error, "States.QueryEvaluationError");
            let said = failure.cause.split_once("' failed: ").expect("the cause says where it failed").1;
            Err(said.to_owned())
        }
        Err(other) => panic!("{other}"),
    }
}

/// Runs the exported definition, of states of which none calls a service.
fn exported<W: Workflow>(mut input: Value) -> Result<Value, String> {
    let document = Value::from(asl::document(&W::definition()).expect("the workflow can be exported"));
    let mut name = document["StartAt"].clone();
    loop {
        let state = &document["States"][name.as_str().expect("a state has a name")];
        let mut step = state;
        for rule in state["Choices"].as_array().into_iter().flatten() {
            if evaluate(&rule["Condition"], &input)? == json!(true) {
                step = rule;
                break;
            }
        }
        if let Some(output) = step.get("Output") {
            input = evaluate(output, &input)?;
        }
        match step.get("Next").or(step.get("Default")) {
            Some(next) => name = next.clone(),
            None => return Ok(input),
        }
    }
}

fn evaluate(template: &Value, input: &Value) -> Result<Value, String> {
    match template {
        Value::String(text) if text.starts_with("{%") => {
            let code = text.trim_start_matches("{%").trim_end_matches("%}");
            let compiled = Expression::compile(code).unwrap_or_else(|error| panic!("{code}: {error}"));
            let bindings = Bindings::new().var("states", json!({ "input": input }));
            let result = compiled.evaluate(None, &bindings).map_err(|error| error.message())?;
            Ok(result.unwrap_or_else(|| panic!("{code} is undefined")))
        }
        Value::Object(entries) => {
            entries.iter().map(|(key, value)| Ok((key.clone(), evaluate(value, input)?))).collect()
        }
        Value::Array(items) => items.iter().map(|item| evaluate(item, input)).collect(),
        scalar => Ok(scalar.clone()),
    }
}

/// What jlens-core says where it notices by itself that a number is not finite; the reference implementation goes on.
const NOT_FINITE: &str = "Number out of range";

/// Equal, with `1` and `1.0` for the same number.
fn same(a: &Result<Value, String>, b: &Result<Value, String>) -> bool {
    match (a, b) {
        (Ok(Value::Number(a)), Ok(Value::Number(b))) => a.as_f64() == b.as_f64(),
        (Err(said), Err(expected)) => {
            said == expected || said.starts_with(NOT_FINITE) && expected.ends_with("with no finite result")
        }
        (a, b) => a == b,
    }
}
