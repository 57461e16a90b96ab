//! `cargo test --example nested`: the executions and how they are linked, under tokio's paused clock.

use std::time::Duration;

use tokio::time::Instant;
use workflow_runtime::{ExecutionId, Status};

use super::*;

async fn engine() -> Engine {
    Engine::builder().workflow(Headline::new(PollService::new(FirstHalf))).start().await.unwrap()
}

async fn start(engine: &Engine, document: &str) -> Execution<Headline<FirstHalf>> {
    engine.start(Job { document: document.to_owned() }).await.unwrap()
}

/// The nested executions, as the history links them.
fn links(execution: &Execution<Headline<FirstHalf>>) -> Vec<ExecutionId> {
    let submitted = |event: Event| match event.detail {
        EventDetail::TaskSubmitted { execution, .. } => execution.map(|id| *id),
        _ => None,
    };
    execution.history().into_iter().filter_map(submitted).collect()
}

#[tokio::test(start_paused = true)]
async fn each_takes_what_the_last_one_made() {
    let begun = Instant::now();
    let engine = engine().await;
    let execution = start(&engine, "one two three four five six seven eight").await;
    assert_eq!(execution.output().await, Ok("one".to_owned()));
    assert_eq!(begun.elapsed(), Duration::from_secs(3), "one poll of a second each, one after the other");

    let nested = links(&execution).into_iter().map(|id| engine.execution(&id).unwrap());
    let mut data = Vec::new();
    for nested in nested {
        assert_eq!(nested.parent(), Some(execution.id()));
        assert_eq!(nested.status(), Status::Succeeded);
        data.push((nested.input_json().to_owned(), nested.output_json().await.unwrap()));
    }
    let expected = [
        (r#"{"document":"one two three four five six seven eight"}"#, r#"{"summary":"one two three four","polls":1}"#),
        (r#"{"document":"one two three four"}"#, r#"{"summary":"one two","polls":1}"#),
        (r#"{"document":"one two"}"#, r#"{"summary":"one","polls":1}"#),
    ];
    assert_eq!(data, expected.map(|(input, output)| (input.to_owned(), output.to_owned())));
}

#[tokio::test(start_paused = true)]
async fn a_nested_execution_that_fails_fails_the_main_one() {
    let engine = engine().await;
    let execution = start(&engine, "").await;
    let error = execution.output().await.unwrap_err();
    let failure = error.failure().unwrap();
    assert_eq!(failure.error, "States.TaskFailed");
    // The cause is what `DescribeExecution` says of the nested execution.
    let description: serde_json::Value = serde_json::from_str(&failure.cause).unwrap();
    let [nested] = links(&execution).try_into().unwrap();
    assert_eq!(description["ExecutionArn"], nested.arn());
    assert_eq!((&description["Status"], &description["Error"]), (&"FAILED".into(), &"Refused".into()));
    assert_eq!(description["Cause"], "the job was rejected: the document is empty");
}
