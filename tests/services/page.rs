//! The page on service integrations, made of the table.

use std::fmt::Write;

use workflow_runtime::model::integrations::{Pattern, optimised};

const BEFORE: &str = r#"# Service integrations

A task with a `resource` is run by Step Functions itself, which calls a service and no code of yours:

```rust
use serde::{Deserialize, Serialize};
use serde_json::json;
use workflow_runtime::prelude::*;

/// The table that orders are kept in.
const ORDERS_TABLE: Placeholder = Placeholder::new("OrdersTableName", "orders");

#[derive(Clone, Serialize, Deserialize, Data)]
pub struct Order { pub id: String, pub total: u32 }

#[derive(Debug, thiserror::Error, TaskError)]
pub enum StoreError {
    #[error("the order is stored already")]
    #[task_error(name = "DynamoDB.ConditionalCheckFailedException")]
    Stored,
}

pub struct Shop;

#[workflow(start = store, timeout = "1h")]
impl Shop {
    #[task(
        resource = "arn:aws:states:::dynamodb:putItem",
        arguments = |order| json!({
            "TableName": ORDERS_TABLE,
            "Item": { "id": { "S": order.id }, "total": { "N": order.total.to_string() } },
            "ConditionExpression": "attribute_not_exists(id)",
        }),
        timeout = "10s",
        next = |_, order| stored(order),
    )]
    #[catch(StoreError::Stored => |_, order| stored(order))]
    async fn store(&self, order: Order) -> Result<(), StoreError> {
        println!("{} goes into {ORDERS_TABLE}", order.id);
        Ok(())
    }

    #[succeed]
    fn stored(order: Order);
}
```

## The body and the service

| | on AWS | natively |
|---|---|---|
| what runs | the service | the body, with its retriers, catchers, timeouts and `TaskContext` |
| what it is given | the `arguments`; without them the state's input | the state's input |
| the result | the service's answer, of which the declared type has what the workflow wants, by the answer's keys; of a task that gives `()`, nothing | what the body returns |
| an error | has the service's name, and its message as the cause | the case of your own error that has that name by `#[task_error(name = "…")]`, and its message as the cause |
| the history | `TaskScheduled`, `TaskStarted`, `TaskSucceeded` and so on, with the service as `resourceType` and the action as `resource`; behind `.sync` also `TaskSubmitted` | the same |

So the body is a stand-in. It may call the same service through a client of it, or be a fake that gives answers of the same form. What
the compiler cannot see is whether the two agree.

`arguments` is a [portable expression](portable-expressions.md). rustc checks it, and natively it is never evaluated. Of a `json!` the
compiler says at once which argument the service cannot do without; of a struct the export says it, when the names of its fields in JSON
are known.

Step Functions adds `SdkHttpMetadata` and `SdkResponseMetadata` to most answers, which serde ignores unless the type is
`#[serde(deny_unknown_fields)]`.

The body runs as the task's method does in any workflow, so a `#[workflow(native)]`, which is never exported, has no `resource`.

## What differs between deployments

`Placeholder::new("OrdersTableName", "orders")` is a constant that is `orders` natively and `${OrdersTableName}` in the exported
definition, where the deployment replaces it: a parameter of `templatefile` in Terraform, an entry of `DefinitionSubstitutions` in
CloudFormation. Its name ends in `Arn`, `Id`, `Name` or `Url`; `asl::placeholders` lists what a definition has of them.

## Errors

The names of errors are `Service.Error`, and Step Functions writes some services in a way of its own: `DynamoDB.ResourceNotFoundException`
of the optimised integration is `DynamoDb.ResourceNotFoundException` through the AWS SDK. An HTTPS API gives `States.Http.StatusCode.404`
and its like, API Gateway `ApiGateway.404`. `States::TaskFailed` takes all of them.

## Optimised integrations

A resource is `arn:aws:states:::`, the service, `:` and the action, as in `arn:aws:states:::dynamodb:putItem`, with a pattern behind it:
`.sync` waits for the end of the job that the service starts, `.sync:2` has the job's output as JSON and not as a string,
`.waitForTaskToken` waits until somebody sends the task's token back: it goes with `callback`, and the `arguments` get the token behind the
input, as in `arguments = |order, token| json!({ … })`. Without one, Step Functions waits for the service's answer. An
Express workflow does that only.

| service | resource | patterns | arguments it needs |
|---|---|---|---|
"#;

const AFTER: &str = r#"
An HTTPS API has to answer within 60 seconds. `lambda:invoke` calls the function of another program; a task without `resource` runs in the
function of this one. `states:startExecution` starts a state machine that is no workflow of this program; one that is, is
a `#[nested]`.

## All other services

Everything else is called through the AWS SDK, as in `arn:aws:states:::aws-sdk:s3:getObject`: the service by its name in the AWS SDK for
Java, in small letters, and the action in camelCase. The arguments are those of the API, with a capital at the beginning of each name.
A `.waitForTaskToken` may follow, and no `.sync`.

The compiler knows the services, and of those that workflows call most the actions. An action that it does not know is advice
(W0703), as it may be newer than the table.
"#;

/// The page.
pub(crate) fn text() -> String {
    let mut page = BEFORE.to_owned();
    let mut title = "";
    for row in optimised() {
        let shown = if row.title == title { "" } else { row.title };
        title = row.title;
        let named = row.patterns.iter().filter(|pattern| **pattern != Pattern::RequestResponse);
        let patterns: Vec<_> = named.map(|pattern| format!("`{}`", pattern.suffix())).collect();
        let required: Vec<_> = row.required.iter().map(|names| format!("`{}`", names.join("` or `"))).collect();
        writeln!(
            page,
            "| {shown} | `{}:{}` | {} | {} |",
            row.service,
            row.action,
            patterns.join(", "),
            required.join(", ")
        )
        .expect("a string can be written to");
    }
    page + AFTER
}
