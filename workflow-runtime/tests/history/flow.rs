//! States without a task: Pass, Choice, Wait, Succeed and Fail, failing expressions, and a cancellation.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use workflow_runtime::prelude::*;

use crate::compare::{Recorded, same};

/// `{}`.
#[derive(Clone, Serialize, Deserialize, Data)]
pub(crate) struct Nothing {}

#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Arguments {
    pub(crate) arg1: String,
}

#[derive(Clone)]
pub(crate) struct PassResult;

#[workflow(start = state_1, timeout = "1m")]
impl PassResult {
    #[pass(end, name = "State_1")]
    fn state_1(_input: Nothing) -> Arguments {
        Arguments { arg1: "argument1".to_owned() }
    }
}

#[tokio::test(start_paused = true)]
async fn pass() {
    same(PassResult, Recorded::read("pass")).await;
}

/// `{}`, with a number that is not there. Natively an expression fails by a panic, as in a division by it.
#[derive(Clone, Serialize, Deserialize, Data)]
struct Divisor {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    divisor: Option<u32>,
}

struct UndefinedOutput;

#[workflow(start = state0, timeout = "1m")]
impl UndefinedOutput {
    #[pass(end)]
    fn state0(input: Divisor) -> u32 {
        1 / input.divisor.unwrap_or(0)
    }
}

#[tokio::test(start_paused = true)]
async fn expression_that_fails_in_the_first_state() {
    same(UndefinedOutput, Recorded::read("pass_undefined_output_first")).await;
}

struct UndefinedLater;

#[workflow(start = state0, timeout = "1m")]
impl UndefinedLater {
    #[pass(next = state1)]
    fn state0(input: Divisor);

    #[pass(next = state2)]
    fn state1(input: Divisor);

    #[pass(end)]
    fn state2(input: Divisor) -> u32 {
        1 / input.divisor.unwrap_or(0)
    }
}

#[tokio::test(start_paused = true)]
async fn chain_of_passes_and_an_expression_that_fails() {
    same(UndefinedLater, Recorded::read("pass_undefined_output")).await;
}

#[derive(Clone, Serialize, Deserialize, Data)]
struct Condition {
    condition: bool,
}

struct ChoiceOutput;

#[workflow(start = choice_state, timeout = "1m")]
impl ChoiceOutput {
    #[choice]
    fn choice_state(input: Condition) -> Next<Self> {
        if input.condition {
            condition_true("Condition Output block".to_owned())
        } else {
            default_state("Default Output block".to_owned())
        }
    }

    #[pass(end)]
    fn condition_true(text: String);

    #[fail(error = "ConditionFalse")]
    fn default_state(_text: String) -> String {
        "Condition is false".to_owned()
    }
}

#[tokio::test(start_paused = true)]
async fn choice_with_output() {
    same(ChoiceOutput, Recorded::read("choice_output_true")).await;
    // A native Fail always says which error it is; the recorded one has a cause only.
    let recorded = Recorded::read("choice_output_false").with_each(|event| {
        if event["type"] == "ExecutionFailed" {
            event["executionFailedEventDetails"]["error"] = Value::from("ConditionFalse");
        }
    });
    same(ChoiceOutput, recorded).await;
}

#[derive(Clone, Serialize, Deserialize, Data)]
struct Public {
    r#type: String,
    value: u32,
}

#[derive(Clone, Serialize, Deserialize, Data)]
struct Text {
    str_value: String,
}

struct Composite;

#[workflow(start = pass, timeout = "1m")]
impl Composite {
    #[pass(next = choice)]
    fn pass(_input: Public) -> Text {
        Text { str_value: "string literal".to_owned() }
    }

    #[choice]
    fn choice(text: Text) -> Next<Self> {
        if text.str_value == "string literal" { success(text) } else { failure(text) }
    }

    #[succeed]
    fn success(text: Text);

    #[fail(error = "OtherText", name = "Fail")]
    fn failure(text: Text) -> String {
        text.str_value
    }
}

#[tokio::test(start_paused = true)]
async fn succeed() {
    same(Composite, Recorded::read("succeed")).await;
}

#[derive(Clone, Serialize, Deserialize, Data)]
struct Delay {
    input: DelaySeconds,
}

#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "camelCase")]
struct DelaySeconds {
    wait_seconds: u32,
}

struct WaitSeconds;

#[workflow(start = wait_state, timeout = "1h")]
impl WaitSeconds {
    #[wait(end)]
    fn wait_state(delay: Delay) -> u32 {
        delay.input.wait_seconds
    }
}

#[tokio::test(start_paused = true)]
async fn wait() {
    let begun = tokio::time::Instant::now();
    same(WaitSeconds, Recorded::read("wait_seconds")).await;
    assert_eq!(begun.elapsed().as_secs(), 1);
}

#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
struct Timestamp {
    timestamp_value: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    divisor: Option<u32>,
}

struct InvalidWait;

#[workflow(start = wait_state, timeout = "1h")]
impl InvalidWait {
    #[wait(end)]
    fn wait_state(timestamp: Timestamp) -> u32 {
        1 / timestamp.divisor.unwrap_or(0)
    }
}

#[tokio::test(start_paused = true)]
async fn wait_that_fails() {
    // The recorded one waits for a timestamp.
    let recorded = Recorded::read("wait_invalid").with_each(|event| {
        if event["type"] == "EvaluationFailed" {
            event["evaluationFailedEventDetails"]["location"] = Value::from("Seconds");
        }
    });
    same(InvalidWait, recorded).await;
}

struct RaiseFailure;

#[workflow(start = fail_state, timeout = "1m")]
impl RaiseFailure {
    #[fail(error = "SomeFailure")]
    fn fail_state(_input: Nothing) -> String {
        "This state machines raises a 'SomeFailure' failure.".to_owned()
    }
}

#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
struct Reason {
    error: String,
    cause: String,
}

struct RaiseReason;

#[workflow(start = fail_state, timeout = "1m")]
impl RaiseReason {
    #[fail(error = "error string")]
    fn fail_state(reason: Reason) -> String {
        reason.cause
    }
}

#[tokio::test(start_paused = true)]
async fn fail() {
    same(RaiseFailure, Recorded::read("fail")).await;
    same(RaiseReason, Recorded::read("fail_path")).await;
}

struct WaitOneMinute;

#[workflow(start = state_1, timeout = "1h")]
impl WaitOneMinute {
    #[wait("60s", next = state_2, name = "State_1")]
    fn state_1(input: Nothing);

    #[pass(end, name = "State_2")]
    fn state_2(_input: Nothing) -> Arguments {
        Arguments { arg1: "argument1".to_owned() }
    }
}

#[tokio::test(start_paused = true)]
async fn cancellation() {
    let builder = Engine::builder().workflow(WaitOneMinute).include_execution_data(true);
    let engine = builder.start().await.expect("there is one workflow");
    let execution = engine.start::<WaitOneMinute>(Nothing {}).await.expect("the engine knows the workflow");
    tokio::time::sleep(std::time::Duration::from_secs(5)).await;
    assert!(execution.cancel());
    assert!(execution.output().await.is_err());
    let events = execution.history();
    let native = events.iter().map(|event| serde_json::to_value(event).expect("an event is JSON")).collect();
    Recorded::read("stop_execution").assert_same(native);
}
