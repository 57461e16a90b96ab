use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

#[derive(Clone, Serialize, Deserialize, Data)]
struct Order {
    id: String,
    queue: String,
}

struct Shop;

#[workflow(start = send, timeout = "1h")]
impl Shop {
    #[task(resource = "arn:aws:states:::sqs:sendMessage", arguments = |order| serde_json::json!({ "QueueUrl": order.queue }), timeout = "30s", next = list)]
    async fn send(&self, order: Order) -> Order {
        order
    }

    #[task(resource = "arn:aws:states:::sqs:sendMessage", arguments = |order| vec![order.queue], timeout = "30s", next = made)]
    async fn list(&self, order: Order) -> Order {
        order
    }

    #[task(resource = "arn:aws:states:::sqs:sendMessage", arguments = order, timeout = "30s", next = here)]
    async fn made(&self, order: Order) -> Order {
        order
    }

    #[task(arguments = |order| serde_json::json!({ "QueueUrl": order.queue }), timeout = "30s", next = sent)]
    async fn here(&self, order: Order) -> Order {
        order
    }

    #[succeed]
    fn sent(order: Order);
}

fn main() {}
