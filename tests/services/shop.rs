//! Workflows whose tasks are services.

use serde::{Deserialize, Serialize};
use serde_json::json;
use workflow_runtime::prelude::*;

/// The table that orders are kept in.
const ORDERS_TABLE: Placeholder = Placeholder::new("OrdersTableName", "orders");
/// The queue that parcels are announced in.
const PARCELS_QUEUE: Placeholder = Placeholder::new("ParcelsQueueUrl", "http://localhost:9324/parcels");
/// How the partner's API is called.
const PARTNER: Placeholder =
    Placeholder::new("PartnerConnectionArn", "arn:aws:events:local:000000000000:connection/partner");

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
pub(crate) struct Order {
    id: String,
    count: u32,
    address: Option<String>,
}

pub(crate) fn order(count: u32) -> Order {
    Order { id: "42".to_owned(), count, address: Some("at the harbour".to_owned()) }
}

/// What the tasks do natively.
pub(crate) trait Client: Send + Sync + 'static {
    fn label(&self, order: &Order) -> String;
}

pub(crate) struct Cloud;

impl Client for Cloud {
    fn label(&self, order: &Order) -> String {
        format!("parcel-{}", order.id)
    }
}

#[derive(Debug, thiserror::Error, TaskError)]
pub(crate) enum StoreError {
    #[error("the conditional request failed")]
    #[task_error(name = "DynamoDB.ConditionalCheckFailedException")]
    Stored,
    #[allow(dead_code, reason = "it is retried, and never happens here")]
    #[error("too many requests")]
    #[task_error(name = "DynamoDB.ProvisionedThroughputExceededException")]
    Throttled,
}

/// The answer of an HTTPS API.
#[derive(Clone, Debug, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Answer {
    response_body: Label,
    status_code: u16,
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
pub(crate) struct Label {
    label: String,
}

/// What `sqs:sendMessage` takes.
#[derive(Clone, Debug, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Message {
    queue_url: String,
    message_body: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    delay_seconds: Option<u32>,
}

/// An order on its way through services.
pub(crate) struct Fulfilment<C> {
    pub(crate) client: C,
}

#[workflow(start = store, timeout = "1h", output = String)]
impl<C: Client> Fulfilment<C> {
    /// Keep the order.
    #[task(
        resource = "arn:aws:states:::dynamodb:putItem",
        arguments = |order| json!({
            "TableName": ORDERS_TABLE,
            "Item": { "id": { "S": order.id }, "count": { "N": order.count.to_string() } },
            "ConditionExpression": "attribute_not_exists(id)",
        }),
        timeout = "10s",
        next = |_, order| buy_label(order),
    )]
    #[retry(StoreError::Throttled | States::Timeout, max_attempts = 5, jitter = full)]
    async fn store(&self, order: Order) -> Result<(), StoreError> {
        if order.count == 0 { Err(StoreError::Stored) } else { Ok(()) }
    }

    /// Ask the partner for a label.
    #[task(
        resource = "arn:aws:states:::http:invoke",
        arguments = |order| json!({
            "ApiEndpoint": format!("https://partner.example/{PARTNER}/labels"),
            "Method": "POST",
            "Authentication": { "ConnectionArn": PARTNER },
            "RequestBody": { "order": order.id, "to": order.address.unwrap_or_default() },
        }),
        timeout = "60s",
        next = |answer| announce(answer.response_body.label),
    )]
    async fn buy_label(&self, order: Order) -> Answer {
        Answer { response_body: Label { label: self.client.label(&order) }, status_code: 200 }
    }

    /// Tell the depot.
    #[task(
        resource = "arn:aws:states:::sqs:sendMessage",
        arguments = |label| Message {
            queue_url: PARCELS_QUEUE.into(),
            message_body: format!("{label} is ready"),
            delay_seconds: None,
        },
        timeout = "10s",
        end = |_, label| label,
    )]
    async fn announce(&self, label: String) -> serde_json::Value {
        json!({ "MessageId": label })
    }
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Job {
    job_name: String,
    job_queue: String,
    job_definition: String,
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Done {
    status: String,
}

/// A job that is waited for, another program's function, and an action of the AWS SDK.
pub(crate) struct Archive;

#[workflow(start = compress, timeout = "1d", output = ())]
impl Archive {
    #[task(resource = "arn:aws:states:::batch:submitJob.sync", timeout = "6h", next = |done| index(done.status))]
    async fn compress(&self, job: Job) -> Done {
        Done { status: job.job_name }
    }

    #[task(
        resource = "arn:aws:states:::lambda:invoke",
        arguments = |status| json!({ "FunctionName": "index", "Payload": { "status": status } }),
        timeout = "1m",
        next = |_, status| tag(status),
    )]
    #[retry(States::TaskFailed, max_attempts = 2)]
    async fn index(&self, status: String) -> serde_json::Value {
        json!({ "Payload": status })
    }

    #[task(
        resource = "arn:aws:states:::aws-sdk:s3:putObjectTagging",
        arguments = |status| json!({
            "Bucket": "archive",
            "Key": "orders",
            "Tagging": { "TagSet": [{ "Key": "status", "Value": status }] },
        }),
        timeout = "10s",
        end,
    )]
    async fn tag(&self, _status: String) {}
}

/// Somebody says yes or no, and sends the token of the question back.
pub(crate) struct Approval;

#[workflow(start = ask, timeout = "14d", output = String)]
impl Approval {
    #[task(
        callback,
        resource = "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        arguments = |order, token| json!({
            "QueueUrl": PARCELS_QUEUE,
            "MessageBody": { "order": order.id, "execution": context.execution.name, "token": token },
        }),
        timeout = "7d",
        heartbeat = "1d",
        end = |is_approved, order| if is_approved { order.id } else { String::new() },
    )]
    async fn ask(&self, _order: Order, _token: TaskToken<bool>) {}
}

/// Where large pictures are made smaller.
const LARGE: Placeholder = Placeholder::new("LargeFunctionArn", "gallery-large");

/// A function of somebody else's.
const FIND_FACES: &str = "arn:aws:lambda:eu-west-1:123456789012:function:find-faces:live";

/// Tasks with functions of their own, or of somebody else's.
pub(crate) struct Gallery;

#[workflow(start = resize, timeout = "14d")]
impl Gallery {
    #[task(function = own(LARGE), timeout = "5m", next = find_faces)]
    async fn resize(&self, picture: String) -> String {
        picture
    }

    #[task(function = FIND_FACES, timeout = "1m", next = name_them)]
    async fn find_faces(&self, _picture: String) -> Vec<u32> {
        Vec::new()
    }

    #[task(callback, function = own("gallery-questions"), timeout = "7d", next = |_| count())]
    async fn name_them(&self, _faces: Vec<u32>, _token: TaskToken<Vec<String>>) {}

    #[task(function = "count", timeout = "1m", end)]
    async fn count(&self) -> u32 {
        0
    }
}

/// A task whose function is no text.
pub(crate) struct Numbered;

const NUMBER: u32 = 7;

#[workflow(start = count, timeout = "1h")]
impl Numbered {
    #[task(function = NUMBER, timeout = "1m", end)]
    async fn count(&self) -> u32 {
        0
    }
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
struct HalfMessage {
    queue_url: String,
}

/// A task whose arguments lack one.
pub(crate) struct Incomplete;

#[workflow(start = send, timeout = "1h")]
impl Incomplete {
    #[task(
        resource = "arn:aws:states:::sqs:sendMessage",
        arguments = |url| HalfMessage { queue_url: url },
        timeout = "10s",
        end,
    )]
    async fn send(&self, _url: String) {}
}
