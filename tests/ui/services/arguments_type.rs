use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

#[derive(Clone, Serialize, Deserialize, Data)]
struct Order {
    id: String,
    queue: String,
}

struct Message {
    body: String,
}

struct Shop;

#[workflow(start = send, timeout = "1h")]
impl Shop {
    #[task(resource = "arn:aws:states:::sqs:sendMessage", arguments = |order| serde_json::json!({ "QueueUrl": order.queues, "MessageBody": order.id }), timeout = "30s", next = opaque)]
    async fn send(&self, order: Order) -> Order {
        order
    }

    #[task(resource = "arn:aws:states:::sqs:sendMessage", arguments = |order| Message { body: order.id }, timeout = "30s", next = sent)]
    async fn opaque(&self, order: Order) -> Order {
        order
    }

    #[succeed]
    fn sent(order: Order);
}

fn main() {}
