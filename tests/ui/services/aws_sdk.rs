use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

#[derive(Clone, Serialize, Deserialize, Data)]
struct Order {
    id: String,
    queue: String,
}

struct Shop;

#[workflow(start = look, timeout = "1h")]
impl Shop {
    #[task(resource = "arn:aws:states:::aws-sdk:DynamoDb:query", timeout = "30s", next = users)]
    async fn look(&self, order: Order) -> Order {
        order
    }

    #[task(resource = "arn:aws:states:::aws-sdk:cognito-idp:listUsers", timeout = "30s", next = load)]
    async fn users(&self, order: Order) -> Order {
        order
    }

    #[task(resource = "arn:aws:states:::aws-sdk:s3:GetObject", timeout = "30s", next = speak)]
    async fn load(&self, order: Order) -> Order {
        order
    }

    #[task(resource = "arn:aws:states:::aws-sdk:poly:synthesizeSpeech", timeout = "30s", next = sent)]
    async fn speak(&self, order: Order) -> Order {
        order
    }

    #[succeed]
    fn sent(order: Order);
}

fn main() {}
