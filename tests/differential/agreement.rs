//! Both sides on the same generated inputs.

use std::fmt::Debug;

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};
use tokio::time::Instant;
use workflow_runtime::{ExecutionError, Failure, Workflow, model};

use crate::exported::{self, Called};
use crate::judge::{Judge, canonical};
use crate::outcome::{End, Outcome};

/// Inputs for each workflow.
pub(crate) const CASES: u32 = 400;

/// A workflow on both sides.
pub(crate) struct Sides<W> {
    workflow: W,
    definition: Value,
    runtime: Runtime,
    judge: Judge,
}

impl<W: Workflow> Sides<W> {
    pub(crate) fn new(workflow: W) -> Self {
        let text = model::asl::write(&W::definition()).unwrap_or_else(|error| panic!("{error}"));
        assert_no_other_placeholders(&text);
        let definition = serde_json::from_str(&text).expect("what is written is JSON");
        let runtime = Builder::new_current_thread().enable_time().start_paused(true).build();
        let runtime = runtime.expect("a runtime needs nothing that could be missing");
        Sides { workflow, definition, runtime, judge: Judge::default() }
    }

    /// Runs both sides. The error shows what each of them made of the input.
    pub(crate) fn compare(&self, input: W::Input) -> Result<Outcome, String> {
        let json = serde_json::to_value(&input).expect("an input is JSON");
        self.compare_sides(input, json)
    }

    /// Runs both sides on JSON that serde would write in another way.
    pub(crate) fn compare_json(&self, json: Value) -> Result<Outcome, String> {
        let input = serde_json::from_value(json.clone()).expect("the JSON is an input");
        self.compare_sides(input, json)
    }

    fn compare_sides(&self, input: W::Input, json: Value) -> Result<Outcome, String> {
        let native = self.native(input);
        let answer = |task: Option<Called<'_>>, input: &Value| self.answer(task, input);
        let exported = exported::run(&self.judge, &self.definition, json.clone(), &answer);
        if native.agrees(&exported) {
            self.judge.record();
            return Ok(native);
        }
        self.judge.forget();
        let states = &self.definition["States"];
        Err(format!("\ninput: {json}\n Rust: {native}\n JSON: {exported}\nexported: {states:#}\n"))
    }

    fn native(&self, input: W::Input) -> Outcome {
        self.runtime.block_on(async {
            let begin = Instant::now();
            let end = match self.workflow.run(input).await {
                Ok(output) => End::Succeeded(canonical(serde_json::to_value(&output).expect("an output is JSON"))),
                Err(ExecutionError::Failed(Failure { error, cause })) if error == "States.QueryEvaluationError" => {
                    End::EvaluationFailed(cause)
                }
                Err(ExecutionError::Failed(Failure { error, cause })) => End::Failed { error, cause },
                Err(other) => panic!("{other}"),
            };
            Outcome { end, waited: begin.elapsed().as_secs() }
        })
    }

    /// Every nested workflow here hands its input back, without what tells it of its parent; every task does too, but for
    /// those that are named for their failure. A poll has an answer, its input, after as many attempts as that says.
    fn answer(&self, task: Option<Called<'_>>, input: &Value) -> Result<Value, Value> {
        let mut input = input.clone();
        match task {
            Some(Called { poll_count: Some(count), .. }) if Some(count) < input["pending"].as_u64() => {
                Ok(json!({ "status": "PENDING" }))
            }
            Some(Called { poll_count: Some(_), .. }) if input["answer"] != "fails" => {
                Ok(json!({ "status": "READY", "value": input }))
            }
            Some(Called { poll_count: Some(_), .. }) => {
                let failure = Failure::of_task("Raised.Rejected", "fails");
                Err(serde_json::to_value(failure).expect("a failure is JSON"))
            }
            Some(Called { name: "fail", .. }) => {
                let failure: (String, String) = serde_json::from_value(input).expect("the task `fail` takes two texts");
                let failure = Failure::of_task(&failure.0, &failure.1);
                Err(serde_json::to_value(failure).expect("a failure is JSON"))
            }
            Some(_) => Ok(input),
            None => {
                if let Value::Object(entries) = &mut input {
                    entries.remove("AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID");
                }
                Ok(input)
            }
        }
    }
}

/// A deployment finds the placeholders that are meant for it, and takes no text for one.
fn assert_no_other_placeholders(text: &str) {
    let placeholders = ["\"${TaskFunctionArn}\"", "\"${EchoStateMachineArn}\""];
    let rest = placeholders.iter().fold(text.to_owned(), |text, placeholder| text.replace(placeholder, ""));
    assert!(!rest.contains("${"), "a text that a deployment would replace in {text}");
}

/// Runs a workflow on generated inputs, on both sides. What differs is shrunk, and fails the test.
pub(crate) fn agree<W: Workflow>(workflow: W, inputs: impl Strategy<Value = W::Input>)
where
    W::Input: Debug,
{
    let sides = Sides::new(workflow);
    let mut runner = TestRunner::new(Config { cases: CASES, failure_persistence: None, ..Config::default() });
    let result = runner.run(&inputs, |input| match sides.compare(input) {
        Ok(_) => Ok(()),
        Err(difference) => Err(TestCaseError::fail(difference)),
    });
    result.unwrap_or_else(|error| panic!("{error}"));
}

/// A test per workflow, and `definitions`, which lists the workflows of the module.
macro_rules! agreement {
    ($($name:ident: $workflow:ident $({ $($field:ident: $value:expr),+ })?, $inputs:expr;)+) => {
        $(
            #[test]
            fn $name() {
                $crate::agreement::agree($workflow $({ $($field: $value),+ })?, $inputs);
            }
        )+

        pub(crate) fn definitions() -> Vec<workflow_runtime::model::Definition> {
            vec![$(<$workflow as workflow_runtime::Workflow>::definition()),+]
        }
    };
}
pub(crate) use agreement;
