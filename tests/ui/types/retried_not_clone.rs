use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

#[derive(Serialize, Deserialize, Data)]
struct Order {
    name: String,
}

struct Shop;

#[workflow(start = pack, timeout = "1h")]
impl Shop {
    #[task(timeout = "30s", next = weigh)]
    #[retry(States::Timeout)]
    async fn pack(&self, order: Order) -> Order {
        order
    }

    #[task(timeout = "30s", next = sent)]
    #[catch(States::Timeout => |_failure, order| sent(order.name))]
    async fn weigh(&self, order: Order) -> String {
        order.name
    }

    #[succeed]
    fn sent(order: String);
}

fn main() {}
