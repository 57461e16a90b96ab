//! What no example has: services of AWS, which Step Functions calls itself.

use serde::{Deserialize, Serialize};
use serde_json::json;
use workflow_runtime::prelude::*;

use crate::Registry;
use crate::script::Script;

const ORDERS: Placeholder = Placeholder::new("OrdersTableName", "orders");
const PARCELS: Placeholder = Placeholder::new("ParcelsQueueUrl", "http://localhost/parcels");

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
pub struct Order {
    pub id: String,
    pub total: u32,
    pub is_new: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
pub struct Kept {
    pub id: String,
    pub total: String,
}

/// A row as DynamoDB writes it.
#[derive(Clone, Debug, Serialize, Deserialize, Data)]
pub struct Row {
    pub id: Text,
    pub total: Number,
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
#[serde(rename_all = "UPPERCASE")]
pub struct Text {
    pub s: String,
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
#[serde(rename_all = "UPPERCASE")]
pub struct Number {
    pub n: String,
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
pub struct Found {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Row>,
}

#[derive(Debug, Deserialize, thiserror::Error, TaskError)]
#[serde(rename_all = "snake_case")]
pub enum TableError {
    #[error("The conditional request failed")]
    #[task_error(name = "DynamoDB.ConditionalCheckFailedException")]
    IsThere,
    #[error("Requested resource not found")]
    #[task_error(name = "DynamoDB.ResourceNotFoundException")]
    NoTable,
}

#[derive(Debug, Deserialize, thiserror::Error, TaskError)]
#[serde(rename_all = "snake_case")]
pub enum ReadError {
    #[error("Requested resource not found")]
    #[task_error(name = "DynamoDb.ResourceNotFoundException")]
    NoTable,
}

/// Keeps an order in a table, and tells a queue.
pub struct KeepOrder {
    script: Script,
}

#[workflow(start = decide, timeout = "1h")]
impl KeepOrder {
    #[choice]
    fn decide(order: Order) -> Next<Self> {
        if order.is_new { store(order) } else { read(order) }
    }

    #[task(
        resource = "arn:aws:states:::dynamodb:putItem",
        arguments = |order| json!({
            "TableName": ORDERS,
            "Item": { "id": { "S": order.id }, "total": { "N": order.total.to_string() } },
            "ConditionExpression": "attribute_not_exists(id)",
        }),
        timeout = "10s",
        next = |_, order| tell(order),
    )]
    #[catch(TableError::IsThere => |_, order| read(order))]
    async fn store(&self, _order: Order) -> Result<(), TableError> {
        self.script.answer::<Result<(), TableError>>("put").await
    }

    #[task(
        resource = "arn:aws:states:::aws-sdk:dynamodb:getItem",
        arguments = |order| json!({ "TableName": ORDERS, "Key": { "id": { "S": order.id } } }),
        timeout = "10s",
        next = |found, order| judge((found.item, order)),
    )]
    #[retry(ReadError::NoTable, interval = "5s", max_attempts = 2)]
    async fn read(&self, _order: Order) -> Result<Found, ReadError> {
        self.script.answer::<Result<Found, ReadError>>("get").await
    }

    #[choice]
    fn judge((row, order): (Option<Row>, Order)) -> Next<Self> {
        match row {
            Some(row) if row.total.n == order.total.to_string() => done(Kept { id: order.id, total: row.total.n }),
            Some(row) => differs(row),
            None => tell(order),
        }
    }

    #[task(
        resource = "arn:aws:states:::sqs:sendMessage",
        arguments = |order| json!({ "QueueUrl": PARCELS, "MessageBody": { "order": order.id, "first": true } }),
        timeout = "10s",
        next = |_, order| done(Kept { id: order.id, total: order.total.to_string() }),
    )]
    async fn tell(&self, _order: Order) {
        self.script.answer::<()>("send").await
    }

    #[succeed]
    fn done(kept: Kept);

    #[fail(error = "OtherTotal")]
    fn differs(row: Row) -> String {
        format!("it is {}", row.total.n)
    }
}

pub(super) fn register<R: Registry>(to: R, script: Script) -> R {
    to.add(KeepOrder { script })
}
