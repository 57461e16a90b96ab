//! The exported definition, run state by state: a small interpreter of Amazon States Language.

use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::judge::{EvaluationFailed, Judge};
use crate::outcome::{End, Outcome};

/// A task and its input, or a nested workflow, which has no name here: its result, or its failure as a catcher is given it.
pub(crate) type Answer<'a> = &'a dyn Fn(Option<Called<'_>>, &Value) -> Result<Value, Value>;

/// The task that is called.
pub(crate) struct Called<'a> {
    /// Its Rust name.
    pub(crate) name: &'a str,
    /// Of a poll, how often it was called before.
    pub(crate) poll_count: Option<u64>,
}

/// Runs a definition on an input.
pub(crate) fn run(judge: &Judge, definition: &Value, input: Value, answer: Answer<'_>) -> Outcome {
    judge.begin();
    let mut execution = Execution { judge, answer, began: now(), waited: 0 };
    let mut name = text(&definition["StartAt"]);
    let mut input = input;
    let end = loop {
        match execution.step(name, &definition["States"][name], input) {
            Ok(Step::On(next, output)) => (name, input) = (next, output),
            Ok(Step::Ended(end)) => break end,
            Err(EvaluationFailed(why)) => break End::EvaluationFailed(why),
        }
    };
    Outcome { end, waited: execution.waited }
}

/// The name of every execution.
const NAME: &str = "0f7a64b0-4a2b-4f0c-9d3e-2b1c5d6e7f80";

struct Execution<'a> {
    judge: &'a Judge,
    answer: Answer<'a>,
    began: Timestamp,
    waited: u64,
}

enum Step<'d> {
    On(&'d str, Value),
    Ended(End),
}

impl Execution<'_> {
    fn step<'d>(&mut self, name: &str, state: &'d Value, input: Value) -> Result<Step<'d>, EvaluationFailed> {
        let mut states = json!({ "input": input, "context": self.context(name, text(&state["Type"]) == "Task") });
        let followed = match text(&state["Type"]) {
            "Pass" => state,
            "Succeed" => return Ok(Step::Ended(End::Succeeded(self.output(state, &states)?))),
            "Wait" => {
                self.waited += self.wait(state, &states)?;
                state
            }
            "Choice" => self.choice(state, &states)?,
            "Task" => match self.task(state, &states)? {
                Ok(result) => {
                    states["result"] = result;
                    state
                }
                Err(failure) => {
                    let Some(catcher) = catcher(state, &failure) else {
                        return Ok(Step::Ended(failed(&failure["Error"], &failure["Cause"])));
                    };
                    states["errorOutput"] = failure;
                    catcher
                }
            },
            "Fail" => {
                let part = |key| state.get(key).map_or(Ok(json!("")), |part| self.judge.evaluate(part, &states));
                return Ok(Step::Ended(failed(&part("Error")?, &part("Cause")?)));
            }
            other => panic!("a state of the unknown type {other}"),
        };
        let mut followed = followed;
        let (output, assigned) = self.left(followed, &states).or_else(|EvaluationFailed(why)| {
            // A catcher takes what fails in its state, and nothing takes what fails in the catcher itself.
            let failure = json!({ "Error": "States.QueryEvaluationError", "Cause": why });
            let unfailed = states.get("errorOutput").is_none();
            followed = catcher(state, &failure).filter(|_| unfailed).ok_or(EvaluationFailed(why))?;
            states["errorOutput"] = failure;
            self.left(followed, &states)
        })?;
        self.judge.assign(assigned);
        Ok(match followed.get("Next").or(followed.get("Default")) {
            Some(next) => Step::On(text(next), output),
            None => Step::Ended(End::Succeeded(output)),
        })
    }

    /// What the execution knows of itself in a state. Nothing is tried again here.
    fn context(&self, state: &str, is_task: bool) -> Value {
        let written = |moment: Timestamp| format!("{moment:.3}");
        let entered = self.began + Duration::from_secs(self.waited);
        let mut context = json!({
            "Execution": { "Id": format!("arn:aws:states:local:1:execution:Tested:{NAME}"), "Name": NAME, "StartTime": written(self.began) },
            "State": { "Name": state, "EnteredTime": written(entered) },
            "StateMachine": { "Id": "arn:aws:states:local:1:stateMachine:Tested", "Name": "Tested" },
        });
        if is_task {
            context["State"]["RetryCount"] = json!(0);
        }
        context
    }

    /// The seconds that a wait takes from now on.
    fn wait(&self, state: &Value, states: &Value) -> Result<u64, EvaluationFailed> {
        if let Some(timestamp) = state.get("Timestamp") {
            let timestamp = self.judge.evaluate(timestamp, states)?;
            let moment: Timestamp = text(&timestamp).parse().map_err(|_| EvaluationFailed(timestamp.to_string()))?;
            return Ok(moment.duration_since(now()).as_secs().try_into().unwrap_or(0));
        }
        let seconds = self.judge.evaluate(&state["Seconds"], states)?;
        Ok(seconds.as_u64().unwrap_or_else(|| panic!("{seconds} is no number of seconds")))
    }

    /// The rule that holds, or the state for its default.
    fn choice<'d>(&self, state: &'d Value, states: &Value) -> Result<&'d Value, EvaluationFailed> {
        for rule in state["Choices"].as_array().into_iter().flatten() {
            let holds = self.judge.evaluate(&rule["Condition"], states)?;
            if holds.as_bool().unwrap_or_else(|| panic!("{rule} is not decided by a boolean, but by {holds}")) {
                return Ok(rule);
            }
        }
        Ok(state)
    }

    /// What a task finds under `$states.result`, or how it failed.
    fn task(&self, state: &Value, states: &Value) -> Result<Result<Value, Value>, EvaluationFailed> {
        let arguments = self.judge.evaluate(&state["Arguments"], states)?;
        Ok(match arguments.get("Payload") {
            Some(payload) => {
                let task = Called {
                    name: text(&payload["task"]),
                    poll_count: payload["context"].get("poll_count").and_then(Value::as_u64),
                };
                (self.answer)(Some(task), &payload["input"]).map(|result| json!({ "Payload": result }))
            }
            None => (self.answer)(None, &arguments["Input"]).map(|output| json!({ "Output": output })),
        })
    }

    /// The `Output` and the `Assign` of a state, a rule or a catcher.
    fn left(&self, state: &Value, states: &Value) -> Result<(Value, Map<String, Value>), EvaluationFailed> {
        Ok((self.output(state, states)?, self.judge.assigned(&state["Assign"], states)?))
    }

    /// The `Output`; without one, the input.
    fn output(&self, state: &Value, states: &Value) -> Result<Value, EvaluationFailed> {
        state.get("Output").map_or_else(|| Ok(states["input"].clone()), |output| self.judge.evaluate(output, states))
    }
}

fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("it is later than 1970");
    Timestamp::UNIX_EPOCH + since
}

/// The catcher that takes a failure.
fn catcher<'d>(state: &'d Value, failure: &Value) -> Option<&'d Value> {
    let takes = |catcher: &&Value| {
        let mut names = catcher["ErrorEquals"].as_array().into_iter().flatten();
        names.any(|name| *name == failure["Error"] || name == "States.ALL")
    };
    state["Catch"].as_array().into_iter().flatten().find(takes)
}

fn failed(error: &Value, cause: &Value) -> End {
    End::Failed { error: text(error).to_owned(), cause: text(cause).to_owned() }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}
