//! The files beside this folder, each without its mistake.

mod unknown_service {
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
        #[task(resource = "arn:aws:states:::dynamodb:putItem", timeout = "30s", next = announce)]
        async fn store(&self, order: Order) -> Order {
            order
        }

        #[task(resource = "arn:aws:states:::events:putEvents", timeout = "30s", next = load)]
        async fn announce(&self, order: Order) -> Order {
            order
        }

        #[task(resource = "arn:aws:states:::aws-sdk:s3:getObject", timeout = "30s", next = sent)]
        async fn load(&self, order: Order) -> Order {
            order
        }

        #[succeed]
        fn sent(order: Order);
    }
}

mod unknown_action {
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
        #[task(resource = "arn:aws:states:::dynamodb:putItem", timeout = "30s", next = look)]
        async fn store(&self, order: Order) -> Order {
            order
        }

        #[task(resource = "arn:aws:states:::aws-sdk:dynamodb:query", timeout = "30s", next = send)]
        async fn look(&self, order: Order) -> Order {
            order
        }

        #[task(resource = "arn:aws:states:::sqs:sendMessage", timeout = "30s", next = sent)]
        async fn send(&self, order: Order) -> Order {
            order
        }

        #[succeed]
        fn sent(order: Order);
    }
}

mod prefix {
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
        #[task(resource = "arn:aws:states:::dynamodb:putItem", timeout = "30s", next = charge)]
        async fn store(&self, order: Order) -> Order {
            order
        }

        #[task(resource = "arn:aws:states:::lambda:invoke", timeout = "30s", next = send)]
        async fn charge(&self, order: Order) -> Order {
            order
        }

        #[task(resource = "arn:aws:states:::sqs:sendMessage", timeout = "30s", next = announce)]
        async fn send(&self, order: Order) -> Order {
            order
        }

        #[task(resource = "arn:aws:states:::events:putEvents", timeout = "30s", next = sent)]
        async fn announce(&self, order: Order) -> Order {
            order
        }

        #[succeed]
        fn sent(order: Order);
    }
}

mod pattern {
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
        #[task(resource = "arn:aws:states:::dynamodb:putItem", timeout = "30s", next = run)]
        async fn store(&self, order: Order) -> Order {
            order
        }

        #[task(resource = "arn:aws:states:::ecs:runTask.sync", timeout = "30s", next = send)]
        async fn run(&self, order: Order) -> Order {
            order
        }

        #[task(resource = "arn:aws:states:::sqs:sendMessage", timeout = "30s", next = submit)]
        async fn send(&self, order: Order) -> Order {
            order
        }

        #[task(resource = "arn:aws:states:::batch:submitJob.sync", timeout = "30s", next = sent)]
        async fn submit(&self, order: Order) -> Order {
            order
        }

        #[succeed]
        fn sent(order: Order);
    }
}

mod aws_sdk {
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
        #[task(resource = "arn:aws:states:::aws-sdk:dynamodb:query", timeout = "30s", next = users)]
        async fn look(&self, order: Order) -> Order {
            order
        }

        #[task(resource = "arn:aws:states:::aws-sdk:cognitoidentityprovider:listUsers", timeout = "30s", next = load)]
        async fn users(&self, order: Order) -> Order {
            order
        }

        #[task(resource = "arn:aws:states:::aws-sdk:s3:getObject", timeout = "30s", next = speak)]
        async fn load(&self, order: Order) -> Order {
            order
        }

        #[task(resource = "arn:aws:states:::aws-sdk:polly:synthesizeSpeech", timeout = "30s", next = sent)]
        async fn speak(&self, order: Order) -> Order {
            order
        }

        #[succeed]
        fn sent(order: Order);
    }
}

mod express {
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
        #[task(resource = "arn:aws:states:::ecs:runTask", timeout = "30s", next = sent)]
        async fn run(&self, order: Order) -> Order {
            order
        }

        #[succeed]
        fn sent(order: Order);
    }
}

mod native {
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
        #[task(resource = "arn:aws:states:::dynamodb:putItem", timeout = "30s", next = sent)]
        async fn store(&self, order: Order) -> Order {
            order
        }

        #[succeed]
        fn sent(order: Order);
    }
}

mod http {
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
                "Authentication": { "ConnectionArn": order.queue },
            }), timeout = "60s", next = sent)]
        async fn fetch(&self, order: Order) -> Order {
            order
        }

        #[succeed]
        fn sent(order: Order);
    }
}

mod arguments {
    use serde::{Deserialize, Serialize};
    use workflow_runtime::prelude::*;

    #[derive(Clone, Serialize, Deserialize, Data)]
    struct Order {
        id: String,
        queue: String,
    }

    struct Shop;

    #[workflow(start = send, timeout = "1h")]
    impl Shop {
        #[task(resource = "arn:aws:states:::sqs:sendMessage", arguments = |order| serde_json::json!({ "QueueUrl": order.queue, "MessageBody": order.id }), timeout = "30s", next = sent)]
        async fn send(&self, order: Order) -> Order {
            order
        }

        #[succeed]
        fn sent(order: Order);
    }
}

mod arguments_type {
    use serde::{Deserialize, Serialize};
    use workflow_runtime::prelude::*;

    #[derive(Clone, Serialize, Deserialize, Data)]
    struct Order {
        id: String,
        queue: String,
    }

    #[derive(Serialize, Deserialize, Data)]
    struct Message {
        body: String,
    }

    struct Shop;

    #[workflow(start = send, timeout = "1h")]
    impl Shop {
        #[task(resource = "arn:aws:states:::sqs:sendMessage", arguments = |order| serde_json::json!({ "QueueUrl": order.queue, "MessageBody": order.id }), timeout = "30s", next = opaque)]
        async fn send(&self, order: Order) -> Order {
            order
        }

        #[task(resource = "arn:aws:states:::sqs:sendMessage", arguments = |order| Message { body: order.id }, timeout = "30s", next = sent)]
        async fn opaque(&self, order: Order) -> Order {
            order
        }

        #[succeed]
        fn sent(order: Order);
    }
}

mod placeholder {
    use workflow_runtime::prelude::*;

    const ORDERS_TABLE: Placeholder = Placeholder::new("OrdersTableName", "orders");

    const ORDERS_QUEUE: Placeholder = Placeholder::new("OrdersQueueUrl", "orders");

    struct Shop;

    #[workflow(start = name, timeout = "1h")]
    impl Shop {
        #[pass(end)]
        fn name(order: String) -> String {
            format!("{order} {ORDERS_TABLE} {ORDERS_QUEUE}")
        }
    }
}

mod newer_action {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = store, timeout = "1h")]
    impl Shop {
        #[task(resource = "arn:aws:states:::aws-sdk:dynamodb:query", timeout = "10s", next = stored)]
        async fn store(&self, order: String) -> String {
            order
        }

        #[succeed]
        fn stored(order: String);
    }
}

mod token {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = ask, timeout = "1d")]
    impl Shop {
        #[task(callback, resource = "arn:aws:states:::sqs:sendMessage.waitForTaskToken", arguments = |order, token| serde_json::json!({ "QueueUrl": "https://example.com/orders", "MessageBody": { "order": order, "token": token } }), timeout = "1h", next = tell)]
        async fn ask(&self, order: String, token: TaskToken<String>) {
            println!("{order} {token}");
        }

        #[task(resource = "arn:aws:states:::sqs:sendMessage", arguments = |order| serde_json::json!({ "QueueUrl": "https://example.com/orders", "MessageBody": order }), timeout = "1h", next = call)]
        async fn tell(&self, order: String) -> String {
            order
        }

        #[task(callback, resource = "arn:aws:states:::sqs:sendMessage.waitForTaskToken", arguments = |order, token| serde_json::json!({ "QueueUrl": "https://example.com/orders", "MessageBody": { "order": order, "token": token } }), timeout = "1h", next = store)]
        async fn call(&self, order: String, token: TaskToken<String>) {
            println!("{order} {token}");
        }

        #[task(resource = "arn:aws:states:::dynamodb:putItem", timeout = "1h", next = sent)]
        async fn store(&self, order: String) -> String {
            order
        }

        #[succeed]
        fn sent(order: String);
    }
}
