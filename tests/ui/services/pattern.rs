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
    #[task(resource = "arn:aws:states:::dynamodb:putItem.sync", timeout = "30s", next = run)]
    async fn store(&self, order: Order) -> Order {
        order
    }

    #[task(resource = "arn:aws:states:::ecs:runTask.sync:2", timeout = "30s", next = send)]
    async fn run(&self, order: Order) -> Order {
        order
    }

    #[task(resource = "arn:aws:states:::sqs:sendMessage.waitForToken", timeout = "30s", next = submit)]
    async fn send(&self, order: Order) -> Order {
        order
    }

    #[task(resource = "arn:aws:states:::aws-sdk:batch:submitJob.sync", timeout = "30s", next = sent)]
    async fn submit(&self, order: Order) -> Order {
        order
    }

    #[succeed]
    fn sent(order: Order);
}

fn main() {}
