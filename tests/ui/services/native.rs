use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

#[derive(Clone, Serialize, Deserialize, Data)]
struct Order {
    id: String,
    queue: String,
}

struct Shop;

#[workflow(start = store, native, timeout = "1h")]
impl Shop {
    #[task(resource = "arn:aws:states:::dynamodb:putItem", timeout = "30s", next = sent)]
    async fn store(&self, order: Order) -> Order {
        order
    }

    #[succeed]
    fn sent(order: Order);
}

fn main() {}
