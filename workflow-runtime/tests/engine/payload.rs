//! Payloads that are larger than they may be.

use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;
use workflow_runtime::prelude::*;
use workflow_runtime::store::Memory;
use workflow_runtime::{EngineBuilder, StartError, TokenError};

/// How many letters of two bytes and a pair of quotes are just as much as may be.
const MOST: u32 = 131_071;

/// Makes a text of so many letters, and has it checked.
struct Maker;

#[workflow(start = make, timeout = "1h", output = String)]
impl Maker {
    #[task(timeout = "1m", next = |text| keep(text))]
    #[catch(States::DataLimitExceeded => |failure| caught(failure))]
    async fn make(&self, letters: u32) -> String {
        "\u{e9}".repeat(letters as usize)
    }

    #[pass(end = |text| text.len().to_string())]
    fn keep(text: String);

    #[pass(end = |failure: Failure| failure.cause)]
    fn caught(failure: Failure);
}

/// Hands on twice what it is given.
struct Twice;

#[workflow(start = double, timeout = "1h")]
impl Twice {
    #[pass(next = done)]
    fn double(text: String) -> String {
        format!("{text}{text}")
    }

    #[succeed]
    fn done(text: String);
}

#[derive(Clone, Default, Serialize, Deserialize, Data)]
struct Notes {
    text: String,
}

/// Keeps twice what it is given.
struct Keeps;

#[workflow(start = keep, timeout = "1h", variables = Notes, output = u32)]
impl Keeps {
    #[pass(end = |_text| 1)]
    #[assign(text = format!("{}{}", text, text))]
    fn keep(text: String);
}

fn shown() -> EngineBuilder {
    Engine::builder().include_execution_data(true)
}

fn durable() -> EngineBuilder {
    Engine::builder().store(Memory::new())
}

const CAUSE: &str =
    "The state/task 'lambda' returned a result with a size exceeding the maximum number of bytes service limit.";

#[tokio::test(start_paused = true)]
async fn a_result_is_measured_in_bytes_of_its_json() {
    for builder in [shown(), durable(), shown().store(Memory::new())] {
        let engine = builder.workflow(Maker).start().await.expect("there is one workflow");
        let run = async |letters| engine.start::<Maker>(letters).await.expect("it starts").output().await;
        assert_eq!(run(MOST).await, Ok("262142".to_owned()));
        assert_eq!(run(MOST + 1).await.as_deref(), Ok(CAUSE));
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_not_serialised_is_not_measured() {
    let engine = Engine::builder().workflow(Maker).start().await.expect("there is one workflow");
    let execution = engine.start::<Maker>(MOST + 1).await.expect("it starts");
    assert_eq!(execution.output().await, Ok("262144".to_owned()));
    assert_eq!(Maker.run(MOST + 1).await, Ok("262144".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn the_limit_is_the_engines() {
    let engine = shown().payload_limit(None).workflow(Maker).start().await.expect("there is one workflow");
    assert_eq!(engine.start::<Maker>(MOST + 1).await.expect("it starts").output().await, Ok("262144".to_owned()));
    let engine = shown().payload_limit(Some(4)).workflow(Maker).start().await.expect("there is one workflow");
    assert_eq!(engine.start::<Maker>(1).await.expect("it starts").output().await, Ok("2".to_owned()));
    let error = engine.start::<Maker>(2).await.expect("it starts").output().await.expect_err("it has six bytes");
    assert!(error.to_string().contains("'Make'"), "what its catcher hands on is too much as well: {error}");
}

#[tokio::test(start_paused = true)]
async fn a_state_hands_on_too_much() {
    let text = "a".repeat(150_000);
    for builder in [shown(), durable()] {
        let engine = builder.workflow(Twice).start().await.expect("there is one workflow");
        let execution = engine.start::<Twice>(text.clone()).await.expect("it starts");
        let Err(ExecutionError::Failed(failure)) = execution.output().await else { panic!("it fails") };
        assert_eq!(
            (failure.error.as_str(), &*failure.cause),
            ("States.DataLimitExceeded", &*CAUSE.replace("lambda", "Double"))
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_state_assigns_too_much() {
    let text = "a".repeat(150_000);
    let engine = shown().workflow(Keeps).start().await.expect("there is one workflow");
    let error = engine.start::<Keeps>(text).await.expect("it starts").output().await.expect_err("it is too much");
    assert!(matches!(error, ExecutionError::Failed(failure) if failure.error == "States.DataLimitExceeded"));
}

#[tokio::test(start_paused = true)]
async fn an_input_that_is_too_large_starts_nothing() {
    let engine = Engine::builder().workflow(Twice).start().await.expect("there is one workflow");
    let (most, more) = ("a".repeat(262_142), "a".repeat(262_143));
    assert!(engine.start::<Twice>(most).await.is_ok());
    let error = engine.start::<Twice>(more.clone()).await.expect_err("it is too large");
    assert!(matches!(error, StartError::InputTooLarge { bytes: 262_145, limit: 262_144 }));
    let named = engine.start_named::<Twice>("one", more.clone()).await.expect_err("it is too large");
    assert_eq!(named.to_string(), error.to_string());
    let json = engine.start_json("Twice", &format!("\"{more}\"")).await.expect_err("it is too large");
    assert_eq!(json.to_string(), error.to_string());
    assert_eq!(engine.executions().len(), 1);
}

struct Ask(mpsc::UnboundedSender<TaskToken<String>>);

#[workflow(start = ask, timeout = "1h")]
impl Ask {
    #[task(callback, timeout = "1m", end)]
    async fn ask(&self, _question: u32, token: TaskToken<String>) {
        let _ = self.0.send(token);
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_too_large_is_not_taken() {
    let (sender, mut asked) = mpsc::unbounded_channel();
    let engine = Engine::builder().workflow(Ask(sender)).start().await.expect("there is one workflow");
    let execution = engine.start::<Ask>(1).await.expect("it starts");
    let token = asked.recv().await.expect("it asks");
    let error = engine.complete(&token, "a".repeat(262_143)).await.expect_err("it is too large");
    assert!(matches!(error, TokenError::TooLarge { bytes: 262_145, limit: 262_144 }), "{error}");
    engine.complete(&token, "yes".to_owned()).await.expect("it waits for an answer still");
    assert_eq!(execution.output().await.as_deref(), Ok("yes"));
}
