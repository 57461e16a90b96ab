//! Inline maps.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use workflow_runtime::prelude::*;

use crate::compare::{Recorded, native, same};
use crate::flow::Nothing;

/// `1`, or `"two"`.
#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(untagged)]
enum Item {
    Number(u32),
    Text(String),
}

struct Process;

#[workflow(start = pass, timeout = "1m")]
impl Process {
    #[pass(end)]
    fn pass(item: Item);
}

struct Items {
    process: Process,
}

#[workflow(start = map_iterate_state, timeout = "1h")]
impl Items {
    #[map(self.process: Process, max_concurrency = 1, end)]
    fn map_iterate_state(_input: Nothing) -> Vec<Item> {
        vec![Item::Number(1), Item::Text("two".to_owned()), Item::Number(3)]
    }
}

#[tokio::test(start_paused = true)]
async fn items_one_after_another() {
    same(Items { process: Process }, Recorded::read("map_items")).await;
}

struct NoItems {
    process: Process,
}

#[workflow(start = map_iterate_state, timeout = "1h")]
impl NoItems {
    #[map(self.process: Process, max_concurrency = 1, end)]
    fn map_iterate_state(_input: Nothing) -> Vec<Item> {
        vec![]
    }
}

#[tokio::test(start_paused = true)]
async fn no_items() {
    same(NoItems { process: Process }, Recorded::read("map_items_empty")).await;
}

/// `1`, `3.3`, `"Hello"` or `{}`.
#[derive(Clone, PartialEq, Serialize, Deserialize, Data)]
#[serde(untagged)]
enum Mixed {
    Whole(u32),
    Number(f64),
    Text(String),
    Empty(Empty),
}

#[derive(Clone, PartialEq, Serialize, Deserialize, Data)]
struct Empty {}

struct BreakAt3;

#[workflow(start = equals3, timeout = "1m")]
impl BreakAt3 {
    #[choice]
    fn equals3(item: Mixed) -> Next<Self> {
        match item {
            Mixed::Whole(3) => stop(),
            other => pass(other),
        }
    }

    #[fail(error = "SomeFailure", name = "Break")]
    fn stop() -> String {
        "This state machines raises a 'SomeFailure' failure.".to_owned()
    }

    #[pass(end)]
    fn pass(item: Mixed);
}

/// What the map is given, and with what its failing item is entered, where it has no input of its own.
#[derive(Clone, Serialize, Deserialize, Data)]
struct Listed {
    arr: Vec<Mixed>,
}

struct Broken {
    items: BreakAt3,
}

#[workflow(start = start_state, timeout = "1h")]
impl Broken {
    #[pass(next = map_state)]
    fn start_state(_input: Nothing) -> Listed {
        let hello = Mixed::Text("Hello".to_owned());
        Listed {
            arr: vec![
                Mixed::Whole(1),
                hello,
                Mixed::Empty(Empty {}),
                Mixed::Number(3.3),
                Mixed::Whole(3),
                Mixed::Whole(4),
                Mixed::Whole(5),
            ],
        }
    }

    #[map(self.items: BreakAt3, max_concurrency = 1, end)]
    fn map_state(input: Listed) -> Vec<Mixed> {
        input.arr
    }
}

#[tokio::test(start_paused = true)]
async fn items_up_to_the_one_that_fails() {
    let recorded = Recorded::read("map_break").with_each(|event| {
        // Natively the failing state takes no input.
        if let Some(details) = event.get_mut("stateEnteredEventDetails")
            && details["name"] == "Break"
        {
            details["input"] = "null".into();
        }
        if let Some(details) = event.get_mut("stateExitedEventDetails")
            && details["name"] == "Equals3"
            && details["output"] == "3"
        {
            details["output"] = "null".into();
        }
    });
    same(Broken { items: BreakAt3 }, recorded).await;
}

#[derive(Debug, thiserror::Error, TaskError)]
#[expect(dead_code, reason = "its name is what matters")]
enum ItemError {
    #[error("an item fails")]
    #[task_error(name = "HandleItemFailError")]
    Failure,
}

struct Failing;

#[workflow(start = handle_item_fail, timeout = "1m")]
impl Failing {
    #[fail(error = "HandleItemFailError")]
    fn handle_item_fail(_item: u32) -> String {
        "HandleItemFailCause".to_owned()
    }
}

#[derive(Clone, Serialize, Deserialize, Data)]
struct Numbers {
    arr: Vec<u32>,
}

struct Caught {
    failing: Failing,
}

#[workflow(start = start_state, timeout = "1h")]
impl Caught {
    #[pass(next = map_state)]
    fn start_state(_input: Nothing) -> Numbers {
        Numbers { arr: vec![1] }
    }

    #[map(self.failing: Failing, max_concurrency = 1, next = done)]
    #[catch(ItemError::Failure => final_caught)]
    fn map_state(input: Numbers) -> Vec<u32> {
        input.arr
    }

    #[pass(end)]
    fn final_caught(failure: Failure);

    #[fail(error = "Unreached", name = "Final")]
    fn done(_results: Vec<()>);
}

#[tokio::test(start_paused = true)]
async fn failure_that_is_caught() {
    same(Caught { failing: Failing }, Recorded::read("map_catch")).await;
}

struct Retried {
    failing: Failing,
}

#[workflow(start = start_state, timeout = "1h")]
impl Retried {
    #[pass(next = map_state)]
    fn start_state(_input: Nothing) -> Numbers {
        Numbers { arr: vec![1] }
    }

    #[map(self.failing: Failing, max_concurrency = 1, next = done)]
    #[retry(ItemError::Failure, max_attempts = 2)]
    fn map_state(input: Numbers) -> Vec<u32> {
        input.arr
    }

    #[fail(error = "Unreached", name = "Final")]
    fn done(_results: Vec<()>);
}

#[tokio::test(start_paused = true)]
async fn failure_that_is_retried() {
    same(Retried { failing: Failing }, Recorded::read("map_retry")).await;
}

#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
struct Invocation {
    function_name: String,
    payload: Option<String>,
}

#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
struct Inputs {
    inputs: Vec<Invocation>,
}

struct Invoke;

#[workflow(start = lambda_invoke, timeout = "10m")]
impl Invoke {
    #[task(timeout = "5s", end)]
    async fn lambda_invoke(&self, _invocation: Invocation) -> Nothing {
        std::future::pending().await
    }
}

struct MapWait {
    invoke: Invoke,
}

#[workflow(start = map_wait, timeout = "1h")]
impl MapWait {
    #[map(self.invoke: Invoke, end)]
    fn map_wait(input: Inputs) -> Vec<Invocation> {
        input.inputs
    }
}

/// The events as they follow from each other: each with the types of those before it, so that numbers do not matter.
fn chains(events: &[Value]) -> Vec<String> {
    let line = |event: &Value| {
        let mut line = Vec::new();
        let mut event = Some(event);
        while let Some(current) = event {
            let details = current.as_object().and_then(|event| event.values().find_map(|value| value.get("index")));
            line.push(format!("{}{}", current["type"], details.map(Value::to_string).unwrap_or_default()));
            event = events.iter().find(|event| event["id"] == current["previousEventId"]);
        }
        line.join(" < ")
    };
    let mut lines: Vec<String> = events.iter().map(line).collect();
    lines.sort();
    lines
}

#[tokio::test(start_paused = true)]
async fn items_are_aborted_when_one_takes_too_long() {
    let recorded = Recorded::read("map_lambda_timeout");
    let native = native(MapWait { invoke: Invoke }, &recorded.input()).await;
    // On AWS all four tasks were told that their time is over, before the first of them failed the map.
    let recorded = recorded.without_where(|event| event["type"] == "TaskTimedOut" && event["previousEventId"] != 16);
    assert_eq!(chains(&native), chains(recorded.events()), "native on the left, AWS on the right");
    let tail = |events: &[Value]| events[19..].iter().map(|event| event["type"].clone()).collect::<Vec<_>>();
    assert_eq!(tail(&native), tail(recorded.events()));
}
