use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

#[derive(Clone, Serialize, Deserialize, Data)]
struct Request {
    invoice: u32,
    token: TaskToken<bool>,
}

#[derive(Clone)]
struct Clerk;

#[workflow(start = done, timeout = "1h")]
impl Clerk {
    #[succeed]
    fn done(request: Request);
}

struct Office {
    clerk: Clerk,
}

#[workflow(start = ask, timeout = "30d")]
impl Office {
    #[task(
        callback,
        resource = "arn:aws:states:::sqs:sendMessage",
        arguments = |invoice, token| serde_json::json!({ "QueueUrl": "invoices", "MessageBody": { "invoice": invoice, "token": token } }),
        timeout = "1d",
        end,
    )]
    async fn ask(&self, invoice: u32, token: TaskToken<bool>) {
        let _ = (invoice, token);
    }
}

fn main() {}
