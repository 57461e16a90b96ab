//! Service integrations: natively their bodies run, which answer here what AWS recorded.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

use crate::compare::{Recorded, same};

#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
struct Message {
    queue_url: String,
    message_body: String,
}

#[derive(Clone, Serialize, Deserialize, Data)]
struct Sent {
    #[serde(rename = "MD5OfMessageBody")]
    digest: String,
    #[serde(rename = "MessageId")]
    id: String,
}

struct SendMessage;

#[workflow(start = send_sqs, timeout = "1h")]
impl SendMessage {
    #[task(resource = "arn:aws:states:::sqs:sendMessage", timeout = "1m", end, name = "SendSQS")]
    async fn send_sqs(&self, _message: Message) -> Sent {
        Sent { digest: "<m-d5-of-message-body:1>".to_owned(), id: "<uuid:1>".to_owned() }
    }
}

#[tokio::test(start_paused = true)]
async fn answer() {
    same(SendMessage, Recorded::read("sqs_send_message")).await;
}

#[derive(Debug, thiserror::Error, TaskError)]
enum SqsError {
    #[error("Unable to execute HTTP request: no-such-queue-73e08fde: Name or service not known")]
    #[task_error(name = "SQS.SdkClientException")]
    Client,
    #[allow(dead_code, reason = "it is caught, and never happens")]
    #[error("")]
    #[task_error(name = "SQS.AmazonSQSException")]
    Service,
}

#[derive(Clone, Serialize, Deserialize, Data)]
struct ClientError {
    #[serde(rename = "Error")]
    error: String,
    #[serde(rename = "Cause")]
    cause: String,
    client_error: Failure,
}

struct NoSuchQueue;

#[workflow(start = start, timeout = "1h", output = ClientError)]
impl NoSuchQueue {
    #[task(
        resource = "arn:aws:states:::sqs:sendMessage",
        arguments = |message| serde_json::json!({ "QueueUrl": message.queue_url, "MessageBody": message.message_body }),
        timeout = "1m",
        next = |_| end_with_final(),
    )]
    #[catch(SqsError::Client => end_with_client_handler)]
    #[catch(SqsError::Service => |failure| end_with_sqs_exception(failure))]
    async fn start(&self, message: Message) -> Result<Sent, SqsError> {
        let Message { .. } = message;
        Err(SqsError::Client)
    }

    #[pass(end = |failure| ClientError { error: failure.error.clone(), cause: failure.cause.clone(), client_error: failure })]
    fn end_with_client_handler(failure: Failure);

    #[fail(error = "SQS")]
    fn end_with_sqs_exception(_failure: Failure);

    #[fail(error = "Unreachable")]
    fn end_with_final();
}

#[tokio::test(start_paused = true)]
async fn error_that_is_caught_by_the_services_name() {
    same(NoSuchQueue, Recorded::read("sqs_no_such_queue_catch")).await;
}

/// A value as DynamoDB writes it.
#[derive(Clone, Serialize, Deserialize, Data)]
struct Attribute {
    #[serde(rename = "S")]
    text: String,
}

type Item = BTreeMap<String, Attribute>;

#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
struct Row {
    table_name: String,
    item: Item,
    key: Item,
}

#[derive(Clone, Serialize, Deserialize, Data)]
struct Stored {}

#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
struct Found {
    item: Item,
}

/// What `ResultPath` made of the input.
#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
struct Written {
    table_name: String,
    item: Item,
    key: Item,
    #[serde(rename = "putItemOutput")]
    put: Stored,
}

/// The same once more.
#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
struct Read {
    table_name: String,
    item: Item,
    key: Item,
    #[serde(rename = "putItemOutput")]
    put: Stored,
    #[serde(rename = "getItemOutput")]
    got: Found,
}

/// The arguments of `putItem`.
#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
struct PutItem {
    table_name: String,
    item: Item,
}

struct PutAndGet;

#[workflow(start = put_item, timeout = "1h", output = Read)]
impl PutAndGet {
    #[task(
        resource = "arn:aws:states:::dynamodb:putItem",
        arguments = |row| PutItem { table_name: row.table_name, item: row.item },
        timeout = "1m",
        next = |put, row| get_item(Written { table_name: row.table_name, item: row.item, key: row.key, put }),
    )]
    async fn put_item(&self, _row: Row) -> Stored {
        Stored {}
    }

    #[task(
        resource = "arn:aws:states:::dynamodb:getItem",
        arguments = |row| serde_json::json!({ "TableName": row.table_name, "Key": row.key }),
        timeout = "1m",
        end = |got, row| Read { table_name: row.table_name, item: row.item, key: row.key, put: row.put, got },
    )]
    async fn get_item(&self, row: Written) -> Found {
        Found { item: row.item }
    }
}

#[tokio::test(start_paused = true)]
async fn result_beside_the_input() {
    same(PutAndGet, Recorded::read("dynamodb_put_get_item")).await;
}

#[derive(Debug, thiserror::Error, TaskError)]
#[error(
    "Requested resource not found (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ResourceNotFoundException; Request ID: <request_id>; Proxy: null)"
)]
#[task_error(name = "DynamoDB.ResourceNotFoundException")]
struct NoSuchTable;

struct PutIntoNothing;

#[workflow(start = put_item, timeout = "1h", output = Stored)]
impl PutIntoNothing {
    #[task(resource = "arn:aws:states:::dynamodb:putItem", timeout = "1m", end)]
    async fn put_item(&self, _row: PutItem) -> Result<Stored, NoSuchTable> {
        Err(NoSuchTable)
    }
}

#[tokio::test(start_paused = true)]
async fn error_with_the_services_words_for_a_cause() {
    same(PutIntoNothing, Recorded::read("dynamodb_no_such_table")).await;
}

#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
struct Object {
    bucket: String,
}

#[derive(Debug, thiserror::Error, TaskError)]
#[error(
    "The specified key does not exist. (Service: S3, Status Code: 404, Request ID: <request_id>, Extended Request ID: <extended_request_id>)"
)]
#[task_error(name = "S3.NoSuchKeyException")]
struct NoSuchKey;

struct GetObject;

#[workflow(start = start_state, timeout = "1h", output = String)]
impl GetObject {
    #[task(
        resource = "arn:aws:states:::aws-sdk:s3:getObject",
        arguments = |object| serde_json::json!({ "Bucket": object.bucket, "Key": "no_such_key.json" }),
        timeout = "1m",
        next = terminal_state,
    )]
    #[catch(NoSuchKey => no_such_key_state)]
    async fn start_state(&self, object: Object) -> Result<String, NoSuchKey> {
        let Object { .. } = object;
        Err(NoSuchKey)
    }

    #[succeed]
    fn terminal_state(content: String);

    #[fail(error = "NoSuchKey")]
    fn no_such_key_state(_failure: Failure);
}

#[tokio::test(start_paused = true)]
async fn aws_sdk_error_that_is_caught() {
    let named = Recorded::read("sdk_s3_no_such_key").with_each(|event| {
        // The recorded Fail state names no error, which here it has to.
        if let Some(details) = event.get_mut("executionFailedEventDetails") {
            details["error"] = "NoSuchKey".into();
        }
    });
    same(GetObject, named).await;
}

#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
struct StartExecution {
    state_machine_arn: String,
    input: Option<String>,
    name: String,
}

#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
struct Started {
    execution_arn: String,
    start_date: String,
}

struct StartThroughSdk;

#[workflow(start = start_execution, timeout = "1h")]
impl StartThroughSdk {
    #[task(resource = "arn:aws:states:::aws-sdk:sfn:startExecution", timeout = "1m", end)]
    async fn start_execution(&self, _start: StartExecution) -> Started {
        Started { execution_arn: "arn".to_owned(), start_date: "date".to_owned() }
    }
}

#[tokio::test(start_paused = true)]
async fn aws_sdk_answer() {
    same(StartThroughSdk, Recorded::read("sdk_start_execution")).await;
}

#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
struct Entry {
    detail: String,
    detail_type: String,
    source: String,
}

#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
struct Entries {
    entries: Vec<Entry>,
}

#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
struct Put {
    event_id: String,
}

#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
struct AllPut {
    entries: Vec<Put>,
    failed_entry_count: u32,
}

struct PutEvents;

#[workflow(start = put_events, timeout = "1h")]
impl PutEvents {
    #[task(resource = "arn:aws:states:::events:putEvents", timeout = "1m", end)]
    async fn put_events(&self, entries: Entries) -> AllPut {
        let entries = entries.entries.iter().map(|_| Put { event_id: "<uuid:1>".to_owned() });
        AllPut { entries: entries.collect(), failed_entry_count: 0 }
    }
}

#[tokio::test(start_paused = true)]
async fn events() {
    same(PutEvents, Recorded::read("events_put_events")).await;
}
