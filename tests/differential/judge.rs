//! JSONata by an evaluator that knows nothing of this project, and the cases for the reference implementation.

use std::cell::RefCell;
use std::collections::HashMap;
use std::env;
use std::fs::File;
use std::io::Write;
use std::sync::{Mutex, OnceLock, PoisonError};

use jlens_core::{Bindings, Expression, HostFunction};
use serde_json::{Map, Value, json};

/// Names the file to which each expression is appended with what it was given and what it made of that, a case a line.
const CASES_FILE: &str = "JSONATA_CASES";

/// What Step Functions makes of the fields of a state.
#[derive(Default)]
pub(crate) struct Judge {
    /// Each expression is compiled once.
    compiled: RefCell<HashMap<String, Expression>>,
    /// The variables of the execution that is run.
    variables: RefCell<Map<String, Value>>,
    /// What was evaluated since the last [`Judge::record`].
    cases: RefCell<Vec<Value>>,
}

/// An expression that has no value, and why.
#[derive(Debug)]
pub(crate) struct EvaluationFailed(pub(crate) String);

impl Judge {
    /// The value of a field, with `states` for `$states`.
    pub(crate) fn evaluate(&self, template: &Value, states: &Value) -> Result<Value, EvaluationFailed> {
        match template {
            Value::String(text) => match text.strip_prefix("{% ").and_then(|text| text.strip_suffix(" %}")) {
                Some(code) => self.expression(code, states),
                None => {
                    assert_plain(text);
                    Ok(template.clone())
                }
            },
            Value::Array(items) => items.iter().map(|item| self.evaluate(item, states)).collect(),
            Value::Object(entries) => entries
                .iter()
                .map(|(key, value)| {
                    assert_plain(key);
                    Ok((key.clone(), self.evaluate(value, states)?))
                })
                .collect(),
            scalar => Ok(scalar.clone()),
        }
    }

    fn expression(&self, code: &str, states: &Value) -> Result<Value, EvaluationFailed> {
        assert_plain(code);
        let mut compiled = self.compiled.borrow_mut();
        let expression = compiled
            .entry(code.to_owned())
            .or_insert_with(|| Expression::compile(code).unwrap_or_else(|error| panic!("{code}: {error}")));
        let variables = self.variables.borrow();
        let result = match expression.evaluate(None, &bindings(states, &variables)) {
            Ok(Some(value)) => Ok(canonical(value)),
            Ok(None) => Err(EvaluationFailed(format!("{code} is undefined"))),
            Err(error) => Err(EvaluationFailed(format!("{code}: {error}"))),
        };
        let mut case = json!({ "expression": code, "states": states, "variables": *variables });
        if let Ok(value) = &result {
            case["value"] = value.clone();
        }
        self.cases.borrow_mut().push(case);
        result
    }

    /// Forgets the variables of the execution that was run before.
    pub(crate) fn begin(&self) {
        self.variables.take();
    }

    /// The values of an `Assign`, each of which sees what the variables were before.
    pub(crate) fn assigned(&self, assign: &Value, states: &Value) -> Result<Map<String, Value>, EvaluationFailed> {
        let values = assign.as_object().into_iter().flatten();
        values.map(|(name, value)| Ok((name.clone(), self.evaluate(value, states)?))).collect()
    }

    /// Assigns variables.
    pub(crate) fn assign(&self, values: Map<String, Value>) {
        self.variables.borrow_mut().extend(values);
    }

    /// Hands what was evaluated on to the reference, once it is known to be what the native run makes of it.
    pub(crate) fn record(&self) {
        let cases = self.cases.take();
        let Some(file) = cases_file() else { return };
        let lines: String = cases.iter().map(|case| format!("{case}\n")).collect();
        let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
        file.write_all(lines.as_bytes()).expect("the file of cases can be written");
    }

    /// Forgets what was evaluated.
    pub(crate) fn forget(&self) {
        self.cases.take();
    }
}

/// The file for the reference's cases, if one is asked for.
fn cases_file() -> Option<&'static Mutex<File>> {
    static FILE: OnceLock<Option<Mutex<File>>> = OnceLock::new();
    let open = || {
        let path = env::var_os(CASES_FILE)?;
        let file = File::options().create(true).append(true).open(path).expect("the file of cases can be opened");
        Some(Mutex::new(file))
    };
    FILE.get_or_init(open).as_ref()
}

/// What an expression finds: `$states`, the variables, and `$parse`, which Step Functions adds to JSONata.
fn bindings(states: &Value, variables: &Map<String, Value>) -> Bindings {
    let parse = HostFunction::new(1, |args, _| {
        let text = args.first().and_then(Option::as_ref).and_then(Value::as_str);
        Ok(text.map(|text| serde_json::from_str(text).expect("`$parse` is given JSON only")))
    });
    let bindings = Bindings::new().var("states", states.clone()).function("parse", parse);
    variables.iter().fold(bindings, |bindings, (name, value)| bindings.var(name.as_str(), value.clone()))
}

/// Nothing in the text is taken for an expression by Step Functions.
fn assert_plain(text: &str) {
    assert!(!text.contains("{%") && !text.contains("%}"), "a delimiter in {text}");
}

/// JSON with one spelling for each number: JSONata knows floats only, and Step Functions writes `1` for `1.0`.
pub(crate) fn canonical(value: Value) -> Value {
    match value {
        Value::Number(number) => match number.as_f64() {
            Some(float) if float.fract() == 0.0 && float.abs() < EXACT => Value::from(float as i64),
            _ => Value::Number(number),
        },
        Value::Array(items) => items.into_iter().map(canonical).collect(),
        Value::Object(entries) => entries.into_iter().map(|(key, value)| (key, canonical(value))).collect(),
        other => other,
    }
}

/// 2^53, below which each integer is a float.
const EXACT: f64 = 9_007_199_254_740_992.0;
