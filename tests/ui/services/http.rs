use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

#[derive(Clone, Serialize, Deserialize, Data)]
struct Order {
    id: String,
    queue: String,
}

struct Shop;

#[workflow(start = fetch, timeout = "1h")]
impl Shop {
    #[task(resource = "arn:aws:states:::http:invoke",
        arguments = |order| serde_json::json!({
            "ApiEndpoint": format!("https://example.com/orders/{}", order.id),
            "Method": "GET",
            "Authentication": { "Connection": order.queue },
        }), timeout = "90s", next = sent)]
    async fn fetch(&self, order: Order) -> Order {
        order
    }

    #[succeed]
    fn sent(order: Order);
}

fn main() {}
