use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

#[derive(Clone, Serialize, Deserialize, Data)]
struct Order {
    id: String,
    queue: String,
}

struct Shop;

#[workflow(start = store, timeout = "1h")]
impl Shop {
    #[task(resource = "dynamodb:putItem", timeout = "30s", next = charge)]
    async fn store(&self, order: Order) -> Order {
        order
    }

    #[task(resource = "arn:aws:lambda:eu-west-1:123456789012:function:charge", timeout = "30s", next = resize)]
    async fn charge(&self, order: Order) -> Order {
        order
    }

    #[task(resource = "arn:aws:states:eu-west-1:123456789012:activity:Resize", timeout = "30s", next = send)]
    async fn resize(&self, order: Order) -> Order {
        order
    }

    #[task(resource = "arn:aws:states:eu-west-1:123456789012:sqs:sendMessage", timeout = "30s", next = announce)]
    async fn send(&self, order: Order) -> Order {
        order
    }

    #[task(resource = "arn:aws-cn:states:::events:putEvents", timeout = "30s", next = pack)]
    async fn announce(&self, order: Order) -> Order {
        order
    }

    #[task(resource = "arn:aws:sqs:eu-west-1:123456789012:orders", timeout = "30s", next = sent)]
    async fn pack(&self, order: Order) -> Order {
        order
    }

    #[succeed]
    fn sent(order: Order);
}

fn main() {}
