use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = ask, timeout = "1d")]
impl Shop {
    #[task(callback, resource = "arn:aws:states:::sqs:sendMessage.waitForTaskToken", arguments = |order| serde_json::json!({ "QueueUrl": "https://example.com/orders", "MessageBody": order }), timeout = "1h", next = tell)]
    async fn ask(&self, order: String, token: TaskToken<String>) {
        println!("{order} {token}");
    }

    #[task(resource = "arn:aws:states:::sqs:sendMessage.waitForTaskToken", arguments = |order| serde_json::json!({ "QueueUrl": "https://example.com/orders", "MessageBody": order }), timeout = "1h", next = call)]
    async fn tell(&self, order: String) -> String {
        order
    }

    #[task(callback, resource = "arn:aws:states:::sqs:sendMessage", arguments = |order, token| serde_json::json!({ "QueueUrl": "https://example.com/orders", "MessageBody": { "order": order, "token": token } }), timeout = "1h", next = store)]
    async fn call(&self, order: String, token: TaskToken<String>) {
        println!("{order} {token}");
    }

    #[task(callback, resource = "arn:aws:states:::dynamodb:putItem", timeout = "1h", next = sent)]
    async fn store(&self, order: String, token: TaskToken<String>) {
        println!("{order} {token}");
    }

    #[succeed]
    fn sent(order: String);
}

fn main() {}
