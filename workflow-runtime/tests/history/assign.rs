//! Variables: what states, choices and catchers assign.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use workflow_runtime::prelude::*;

use crate::compare::{Recorded, native, same, without_initial_variables};
use crate::flow::Nothing;

#[derive(Clone, Serialize, Deserialize, Data)]
struct Condition {
    condition: bool,
}

#[derive(Default, Serialize, Deserialize, Data)]
#[allow(non_snake_case, reason = "it is called so in the recorded definition")]
struct Assigned {
    Assignment: String,
}

struct InChoice;

#[workflow(start = choice_state, timeout = "1m", variables = Assigned)]
impl InChoice {
    #[choice]
    fn choice_state(input: Condition) -> Next<Self> {
        if input.condition {
            #[assign(Assignment = "Condition assignment".to_owned())]
            condition_true(input)
        } else {
            #[assign(Assignment = "Default Assignment".to_owned())]
            default_state(input)
        }
    }

    #[pass(end)]
    fn condition_true(input: Condition);

    #[fail(error = "ConditionFalse")]
    fn default_state(_input: Condition) -> String {
        "Condition is false".to_owned()
    }
}

#[tokio::test(start_paused = true)]
async fn choice() {
    same(InChoice, Recorded::read("assign_choice_true")).await;
    // A native Fail always says which error it is; the recorded one has a cause only.
    let recorded = Recorded::read("assign_choice_false").with_each(|event| {
        if event["type"] == "ExecutionFailed" {
            event["executionFailedEventDetails"]["error"] = Value::from("ConditionFalse");
        }
    });
    same(InChoice, recorded).await;
}

#[derive(Default, Serialize, Deserialize, Data)]
struct Guess {
    status: String,
    guess: Value,
}

#[derive(Clone, Serialize, Deserialize, Data)]
struct Number {
    input_value: String,
}

#[derive(Clone, Serialize, Deserialize, Data)]
struct Outcome {
    result: String,
}

struct ByDefault;

#[workflow(start = check, timeout = "1m", variables = Guess)]
impl ByDefault {
    #[choice(name = "CheckInputState")]
    fn check(number: Number) -> Next<Self> {
        match number.input_value.as_str() {
            #[assign(status = "UNKNOWN".to_owned())]
            "" => finish(number),
            _ =>
            {
                #[assign(status = "INCORRECT".to_owned(), guess = json!(number.input_value))]
                finish(number)
            }
        }
    }

    #[pass(end, name = "FinalState")]
    fn finish(_number: Number) -> Outcome {
        Outcome { result: vars.status.clone() }
    }
}

#[tokio::test(start_paused = true)]
async fn choice_by_default_and_what_reads_it() {
    let recorded = Recorded::read("assign_choice_default");
    let native = native(ByDefault, &recorded.input()).await;
    recorded.assert_same(without_initial_variables(native));
}

#[derive(Default, Serialize, Deserialize, Data)]
struct Foo {
    foo: String,
}

struct InWait;

#[workflow(start = wait_state, timeout = "1m", variables = Foo)]
impl InWait {
    #[wait("0s", end)]
    #[assign(foo = "oof".to_owned())]
    fn wait_state(input: Nothing);
}

#[tokio::test(start_paused = true)]
async fn wait() {
    same(InWait, Recorded::read("assign_wait")).await;
}

/// `{}`, with a number that is not there. Natively an expression fails by a panic, as in a division by it.
#[derive(Clone, Serialize, Deserialize, Data)]
struct Divisor {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    divisor: Option<u32>,
}

#[derive(Default, Serialize, Deserialize, Data)]
struct Share {
    result: u32,
}

struct Undefined;

#[workflow(start = state0, timeout = "1m", variables = Share)]
impl Undefined {
    #[pass(end)]
    #[assign(result = 1 / input.divisor.unwrap_or(0))]
    fn state0(input: Divisor);
}

#[tokio::test(start_paused = true)]
async fn assignment_that_fails() {
    same(Undefined, Recorded::read("assign_undefined")).await;
}

#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "camelCase")]
struct Question {
    the_question: String,
}

#[derive(Default, Serialize, Deserialize, Data)]
struct Answers {
    question: String,
    answer: Value,
}

struct Order;

#[workflow(start = state0, timeout = "1m", variables = Answers)]
impl Order {
    #[pass(next = state1)]
    #[assign(question = result.the_question.clone(), answer = json!(42))]
    fn state0(_input: Nothing) -> Question {
        Question { the_question: "What is the answer to life the universe and everything?".to_owned() }
    }

    #[pass(end)]
    #[assign(answer = json!("<omitted>"))]
    fn state1(_question: Question) -> Value {
        vars.answer.clone()
    }
}

#[tokio::test(start_paused = true)]
async fn output_sees_what_was_before() {
    let recorded = Recorded::read("assign_order");
    let native = native(Order, &recorded.input()).await;
    recorded.assert_same(without_initial_variables(native));
}

#[derive(Debug, thiserror::Error, TaskError)]
enum LambdaError {
    #[error("Some exception was raised.")]
    #[task_error(name = "Exception")]
    Exception,
}

#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "camelCase")]
struct Dummy {
    input_data: String,
}

#[derive(Default, Serialize, Deserialize, Data)]
#[allow(non_snake_case, reason = "they are called so in the recorded definition")]
struct Sampled {
    inputVar: Option<Dummy>,
    errorVar: Option<Failure>,
    resultVar: Option<Nothing>,
}

#[derive(Clone, Serialize, Deserialize, Data)]
struct Caught {
    error: Option<Failure>,
}

struct InCatch;

#[workflow(start = task, timeout = "1m", variables = Sampled, output = Caught)]
impl InCatch {
    #[task(timeout = "1m", end = |_| Caught { error: None })]
    #[assign(inputVar = Some(input.clone()), resultVar = Some(result.clone()))]
    #[catch(
        States::All => fallback,
        assign(inputVar = Some(input.clone()), errorVar = Some(failure.clone()))
    )]
    async fn task(&self, input: Dummy) -> Result<Nothing, LambdaError> {
        if input.input_data.is_empty() { Ok(Nothing {}) } else { Err(LambdaError::Exception) }
    }

    #[pass(end)]
    fn fallback(_failure: Failure) -> Caught {
        Caught { error: vars.errorVar.clone() }
    }
}

#[tokio::test(start_paused = true)]
async fn catcher() {
    let recorded = Recorded::read("assign_catch");
    let native = native(InCatch, &recorded.input()).await;
    recorded.assert_same(without_initial_variables(native));
}
