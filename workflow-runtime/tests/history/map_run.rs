//! Distributed maps. Their items are executions of their own, whose histories are not part of the map's.

use std::fs;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use workflow_runtime::prelude::*;
use workflow_runtime::{Batch, S3Object, S3Prefix};

use crate::compare::Recorded;

/// What a recorded object held.
const STATEMENTS: &str = r#"[{"verdict": "true", "statement_date": "6/11/2008", "statement_source": "speech"},
    {"verdict": "false", "statement_date": "6/7/2022", "statement_source": "television"},
    {"verdict": "mostly-true", "statement_date": "5/18/2016", "statement_source": "news"}]"#;

#[derive(Clone, Serialize, Deserialize, Data)]
struct Statement {
    verdict: String,
    statement_date: String,
    statement_source: String,
}

#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
struct Given {
    bucket: String,
    key: String,
}

/// Hands its input on.
struct PassItem<T> {
    of: std::marker::PhantomData<fn() -> T>,
}

impl<T> PassItem<T> {
    const NEW: Self = PassItem { of: std::marker::PhantomData };
}

#[workflow(start = pass, timeout = "1m")]
impl<T: Clone + Data + Serialize + for<'de> Deserialize<'de> + Send + 'static> PassItem<T> {
    #[pass(end)]
    fn pass(item: T);
}

/// Compares in an engine with files for the objects of S3. Where an execution is recorded in JSONPath, the exit from its state follows
/// from the end of the run, and in JSONata from its start.
async fn same<W: Workflow>(workflow: W, recorded: Recorded, files: &[(&str, &str)]) {
    let root = std::env::temp_dir().join(format!("map-run-{}-{}", std::process::id(), W::NAME));
    for (path, content) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a bucket")).expect("a directory can be made");
        fs::write(path, content).expect("a file can be written");
    }
    let builder = Engine::builder().workflow(workflow).objects(&root).include_execution_data(true);
    let engine = builder.start().await.expect("there is one workflow");
    let execution = engine.start_json(W::NAME, &recorded.input()).await.expect("the input fits");
    let _ = execution.output_json().await;
    let events = execution.history();
    let mut events: Vec<Value> =
        events.iter().map(|event| serde_json::to_value(event).expect("an event is JSON")).collect();
    events.iter_mut().for_each(without_run);
    let recorded = recorded.with_each(|event| {
        without_run(event);
        if event["type"] == "MapStateExited" {
            event["previousEventId"] = (event["id"].as_u64().unwrap_or_default() - 3).into();
        }
    });
    recorded.assert_same(events);
    fs::remove_dir_all(&root).or_else(|_| fs::metadata(".").map(drop)).expect("files can be removed");
}

/// An event without the identity of the map's run.
fn without_run(event: &mut Value) {
    event["mapRunStartedEventDetails"] = Value::Null;
    let output = event["stateExitedEventDetails"]["output"]
        .as_str()
        .or(event["executionSucceededEventDetails"]["output"].as_str());
    if output.is_some_and(|output| output.contains("MapRunArn")) || event.to_string().contains("\"MapRunArn\"") {
        event["stateExitedEventDetails"]["output"] = Value::Null;
        event["executionSucceededEventDetails"]["output"] = Value::Null;
    }
    for details in ["stateExitedEventDetails", "executionSucceededEventDetails", "mapRunStartedEventDetails"] {
        let is_new = event[details].is_null() || event[details].get("output") == Some(&Value::Null);
        if is_new && let Value::Object(event) = event {
            event.remove(details);
        }
    }
}

struct Labelled {
    item: PassItem<String>,
}

#[workflow(start = map_state, timeout = "1h")]
impl Labelled {
    #[map(self.item: PassItem<String>, distributed, label = "TestMap", end)]
    fn map_state(words: Vec<String>);
}

#[tokio::test]
async fn items_of_a_list() {
    same(Labelled { item: PassItem::NEW }, Recorded::read("map_run_label"), &[]).await;
}

struct FromJson {
    item: PassItem<Statement>,
}

#[workflow(start = map_state, timeout = "1h")]
impl FromJson {
    #[map(self.item: PassItem<Statement>, distributed, item_reader = json, max_items = 2, max_concurrency = 1, end)]
    fn map_state(given: Given) -> S3Object {
        S3Object { bucket: given.bucket, key: given.key }
    }
}

#[tokio::test]
async fn items_of_a_file() {
    let recorded = Recorded::read("map_run_json").with_each(|event| given(event, &["MaxItems"]));
    same(FromJson { item: PassItem::NEW }, recorded, &[("bucket-name/file.json", STATEMENTS)]).await;
}

/// Leaves out what the native workflow is not told, and puts the one name of the bucket into the input.
fn given(event: &mut Value, known: &[&str]) {
    for details in ["executionStartedEventDetails", "stateEnteredEventDetails"] {
        if let Some(Value::Object(input)) = event.get_mut(details).and_then(|details| details.get_mut("input")) {
            input.retain(|key, _| !known.contains(&key.as_str()));
        }
    }
}

struct InBatches {
    item: PassItem<Batch<Statement>>,
}

#[workflow(start = batch_map_state, timeout = "1h")]
impl InBatches {
    #[map(
        self.item: PassItem<Batch<Statement>>,
        distributed,
        item_reader = json,
        max_items = 2,
        max_items_per_batch = 2,
        max_input_bytes_per_batch = 150_000,
        end,
    )]
    fn batch_map_state(given: Given) -> S3Object {
        S3Object { bucket: given.bucket, key: given.key }
    }
}

/// The native batch has no `BatchInput`.
#[tokio::test]
async fn batches() {
    let recorded = Recorded::read("map_run_batches").with_each(|event| {
        given(event, &["MaxItemsPerBatch", "MaxInputBytesPerBatch"]);
        for details in ["stateExitedEventDetails", "executionSucceededEventDetails"] {
            if let Some(output) = event.get_mut(details).and_then(|details| details.get_mut("output")) {
                crate::compare::embedded(output);
                if let Some(Value::Object(batch)) = output.get_mut(0) {
                    batch.remove("BatchInput");
                }
            }
        }
    });
    same(InBatches { item: PassItem::NEW }, recorded, &[("bucket-name/file.json", STATEMENTS)]).await;
}

struct Written {
    item: PassItem<String>,
}

#[workflow(start = map_state, timeout = "1h")]
impl Written {
    #[map(
        self.item: PassItem<String>,
        distributed,
        label = "TestMap",
        result_writer = |_| S3Prefix { bucket: "result-bucket".to_owned(), prefix: "mapJobs".to_owned() },
        end,
    )]
    fn map_state(words: Vec<String>);
}

#[tokio::test]
async fn results_in_a_file() {
    same(Written { item: PassItem::NEW }, Recorded::read("map_run_written"), &[]).await;
}

#[cfg(feature = "csv")]
mod csv {
    use super::*;

    #[derive(Clone, Serialize, Deserialize, Data)]
    struct Row {
        #[serde(rename = "H1")]
        first: String,
    }

    struct Rows {
        item: PassItem<Row>,
    }

    #[workflow(start = map_state, timeout = "1h")]
    impl Rows {
        #[map(
            self.item: PassItem<Row>,
            distributed,
            item_reader = csv(headers("H1", "H1", "H3")),
            max_concurrency = 1,
            end,
        )]
        fn map_state(given: Given) -> S3Object {
            S3Object { bucket: given.bucket, key: given.key }
        }
    }

    #[tokio::test]
    async fn a_table_with_a_header_twice() {
        let files = [("bucket-name/file.csv", "Value1,Value2,Value3\n")];
        same(Rows { item: PassItem::NEW }, Recorded::read("map_run_duplicate_headers"), &files).await;
    }
}
