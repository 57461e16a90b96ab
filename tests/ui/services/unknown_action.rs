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
    #[task(resource = "arn:aws:states:::dynamodb:PutItem", timeout = "30s", next = look)]
    async fn store(&self, order: Order) -> Order {
        order
    }

    #[task(resource = "arn:aws:states:::dynamodb:query", timeout = "30s", next = send)]
    async fn look(&self, order: Order) -> Order {
        order
    }

    #[task(resource = "arn:aws:states:::sqs:sendMesage", timeout = "30s", next = pack)]
    async fn send(&self, order: Order) -> Order {
        order
    }

    #[task(resource = "arn:aws:states:::dynamodb", timeout = "30s", next = sent)]
    async fn pack(&self, order: Order) -> Order {
        order
    }

    #[succeed]
    fn sent(order: Order);
}

fn main() {}
