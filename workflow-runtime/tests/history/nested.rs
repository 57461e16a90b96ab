//! Nested executions.
//!
//! They were recorded with `startExecution.sync` and with the plain `startExecution`. Without an option the export starts them with
//! `startExecution.sync:2`, which gives the child's input and output as JSON and not as strings, and goes on with the output alone.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use workflow_runtime::prelude::*;

use crate::compare::{Recorded, embedded, native, same};
use crate::flow::{Arguments, Nothing, PassResult};

#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
struct StartExecution<T> {
    state_machine_arn: String,
    input: T,
    name: String,
}

/// The recording as `.sync:2` would have made it.
fn sync_2(event: &mut Value) {
    for details in ["taskScheduled", "taskStarted", "taskSubmitted", "taskSucceeded", "taskFailed"] {
        if let Some(details) = event.get_mut(format!("{details}EventDetails")) {
            details["resource"] = "startExecution.sync:2".into();
        }
    }
    if let Some(output) = event.pointer_mut("/taskSucceededEventDetails/output/Input") {
        embedded(output);
    }
    for details in ["stateExitedEventDetails", "executionSucceededEventDetails"] {
        if let Some(output) = event.get_mut(details).and_then(|details| details.get_mut("output")) {
            *output = output["Output"].take();
        }
    }
}

struct Parent {
    target: PassResult,
}

#[workflow(start = start_execution, timeout = "1h")]
impl Parent {
    #[nested(self.target: PassResult, end)]
    fn start_execution(_input: StartExecution<Option<String>>) -> Nothing {
        Nothing {}
    }
}

#[tokio::test(start_paused = true)]
async fn child_that_succeeds() {
    same(Parent { target: PassResult }, Recorded::read("nested_sync").with_each(sync_2)).await;
}

struct DescribingParent {
    target: PassResult,
}

#[workflow(start = start_execution, timeout = "1h")]
impl DescribingParent {
    #[nested(self.target: PassResult, sync, end)]
    fn start_execution(_input: StartExecution<Option<String>>) -> Nothing {
        Nothing {}
    }
}

#[tokio::test(start_paused = true)]
async fn child_that_is_described() {
    same(DescribingParent { target: PassResult }, Recorded::read("nested_sync")).await;
}

struct Starter {
    target: PassResult,
}

#[workflow(start = start_execution, timeout = "1h")]
impl Starter {
    #[nested(self.target: PassResult, request_response, end)]
    fn start_execution(_input: StartExecution<Option<String>>) -> Nothing {
        Nothing {}
    }
}

#[tokio::test(start_paused = true)]
async fn child_that_is_left_to_itself() {
    same(Starter { target: PassResult }, Recorded::read("start_execution")).await;
}

#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
struct Payload {
    payload: Option<String>,
}

struct Sleeper;

#[workflow(start = start, timeout = "10m")]
impl Sleeper {
    #[task(timeout = "5s", end)]
    async fn start(&self, _payload: Payload) -> Arguments {
        std::future::pending().await
    }
}

struct ParentOfSleeper {
    target: Sleeper,
}

#[workflow(start = start_execution, timeout = "1h")]
impl ParentOfSleeper {
    #[nested(self.target: Sleeper, end)]
    fn start_execution(input: StartExecution<Payload>) -> Payload {
        input.input
    }
}

#[tokio::test(start_paused = true)]
async fn child_whose_task_takes_too_long() {
    let recorded = Recorded::read("nested_sync_timeout").with_each(sync_2);
    let native = native(ParentOfSleeper { target: Sleeper }, &recorded.input()).await;
    // Read by hand: in the cause the input stays a string.
    let cause = native[5]["taskFailedEventDetails"]["cause"].as_str().expect("a cause is a text");
    assert!(cause.starts_with(r#"{"Error":"States.Timeout","ExecutionArn":"arn:aws:states:"#), "{cause}");
    assert!(cause.contains(r#""Input":"{\"Payload\":null}","InputDetails":{"Included":true},"Name":""#), "{cause}");
    recorded.assert_same(native);
}
