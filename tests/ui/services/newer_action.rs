#![deny(deprecated)]

use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = store, timeout = "1h")]
impl Shop {
    #[task(resource = "arn:aws:states:::aws-sdk:dynamodb:qury", timeout = "10s", next = stored)]
    async fn store(&self, order: String) -> String {
        order
    }

    #[succeed]
    fn stored(order: String);
}

fn main() {}
