//! Workflows that need much of the account that they run in.

use serde::{Deserialize, Serialize};
use serde_json::json;
use workflow_runtime::prelude::*;
use workflow_runtime::{S3Object, S3Prefix};

/// Where lists of goods are, and what was counted.
const GOODS_BUCKET: Placeholder = Placeholder::new("GoodsBucketName", "goods");
/// Where shortages are announced.
const SHORTAGES_QUEUE: Placeholder = Placeholder::new("ShortagesQueueUrl", "http://localhost:9324/shortages");

/// What draws large charts.
const CHARTS: Placeholder = Placeholder::new("ChartsFunctionArn", "charts");

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
pub(crate) struct Good {
    name: String,
    shelf: String,
}

/// Counts the goods of one kind.
pub(crate) struct Count;

#[workflow(start = count, timeout = "4m", express)]
impl Count {
    #[task(timeout = "2m", end)]
    async fn count(&self, good: Good) -> u32 {
        good.shelf.len() as u32
    }
}

/// Belongs to somebody else's program, and is deployed by them.
pub(crate) struct Order;

#[workflow(start = order, timeout = "1d")]
impl Order {
    #[task(timeout = "1m", end)]
    async fn order(&self, list: String) -> String {
        list
    }
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
pub(crate) struct Stocktaking {
    list: String,
    /// Where the accountants want to have it.
    archive: String,
    supplier: String,
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Listed {
    key_count: u32,
}

/// Counts all goods, and orders what is short.
pub(crate) struct TakeStock {
    count: Count,
    order: Order,
}

#[workflow(start = count_all, timeout = "5d", output = ())]
impl TakeStock {
    #[map(
        self.count: Count,
        distributed,
        item_reader = csv(first_row),
        item_selector = |row: Good| Good { name: row.name, shelf: row.shelf },
        tolerated_failure_percentage = 5,
        result_writer = |_| S3Prefix { bucket: GOODS_BUCKET.into(), prefix: "counted".to_string() },
        next = |_, stocktaking| look(stocktaking),
    )]
    fn count_all(stocktaking: Stocktaking) -> S3Object {
        S3Object { bucket: GOODS_BUCKET.into(), key: stocktaking.list }
    }

    /// Somebody looks at the shelves that nothing was found in.
    #[task(activity = "look-at-shelves", timeout = "2d", heartbeat = "1h", next = |_, stocktaking| announce(stocktaking))]
    fn look(stocktaking: Stocktaking) -> u32;

    #[task(
        resource = "arn:aws:states:::sqs:sendMessage",
        arguments = |stocktaking| json!({ "QueueUrl": SHORTAGES_QUEUE, "MessageBody": stocktaking.list }),
        timeout = "10s",
        next = |_, stocktaking| find(stocktaking),
    )]
    async fn announce(&self, _stocktaking: Stocktaking) {}

    #[task(
        resource = "arn:aws:states:::aws-sdk:s3:listObjectsV2",
        arguments = |stocktaking| json!({ "Bucket": stocktaking.archive }),
        timeout = "10s",
        next = |_, stocktaking| forecast(stocktaking),
    )]
    async fn find(&self, _stocktaking: Stocktaking) -> Listed {
        Listed { key_count: 0 }
    }

    #[task(
        resource = "arn:aws:states:::mediaconvert:createJob.sync",
        arguments = |stocktaking| json!({ "Role": "forecaster", "Settings": { "Name": stocktaking.list } }),
        timeout = "6h",
        next = |_, stocktaking| draw(stocktaking),
    )]
    async fn forecast(&self, _stocktaking: Stocktaking) {}

    /// This program once more, with more memory.
    #[task(function = own(CHARTS), timeout = "5m", next = print)]
    async fn draw(&self, stocktaking: Stocktaking) -> Stocktaking {
        stocktaking
    }

    /// A function of the printing department's.
    #[task(function = "print:live", timeout = "1m", next = ask)]
    async fn print(&self, stocktaking: Stocktaking) -> Stocktaking {
        stocktaking
    }

    #[task(
        resource = "arn:aws:states:::http:invoke",
        arguments = |stocktaking| json!({
            "ApiEndpoint": format!("https://{}/stock", stocktaking.supplier),
            "Method": "GET",
            "Authentication": { "ConnectionArn": "arn:aws:events:eu-west-1:123456789012:connection/supplier/1" },
        }),
        timeout = "60s",
        next = |_, stocktaking| order(stocktaking.list),
    )]
    async fn ask(&self, _stocktaking: Stocktaking) {}

    #[nested(self.order: Order, end = |_| ())]
    fn order(list: String);
}

pub(crate) fn definitions() -> [workflow_runtime::model::Definition; 2] {
    [TakeStock::definition(), Count::definition()]
}
