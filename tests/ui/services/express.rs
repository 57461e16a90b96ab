use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

#[derive(Clone, Serialize, Deserialize, Data)]
struct Order {
    id: String,
    queue: String,
}

struct Shop;

#[workflow(start = run, express, timeout = "5m")]
impl Shop {
    #[task(resource = "arn:aws:states:::ecs:runTask.sync", timeout = "30s", next = sent)]
    async fn run(&self, order: Order) -> Order {
        order
    }

    #[succeed]
    fn sent(order: Order);
}

fn main() {}
