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
    #[task(resource = "arn:aws:states:::dynamo:putItem", timeout = "30s", next = announce)]
    async fn store(&self, order: Order) -> Order {
        order
    }

    #[task(resource = "arn:aws:states:::eventbridge:putEvents", timeout = "30s", next = load)]
    async fn announce(&self, order: Order) -> Order {
        order
    }

    #[task(resource = "arn:aws:states:::s3:getObject", timeout = "30s", next = ship)]
    async fn load(&self, order: Order) -> Order {
        order
    }

    #[task(resource = "arn:aws:states:::parcels:ship", timeout = "30s", next = sent)]
    async fn ship(&self, order: Order) -> Order {
        order
    }

    #[succeed]
    fn sent(order: Order);
}

fn main() {}
