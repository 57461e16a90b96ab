//! More answers of services, whose input and output are untyped: what a service says goes into the history as it is.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use workflow_runtime::prelude::*;

use crate::compare::{Recorded, native, same};

/// A workflow of one task, which fails with an error that has this name.
macro_rules! failing {
    ($workflow:ident, $error:ident, $state:ident, $resource:literal, $name:literal, $cause:literal) => {
        #[derive(Debug, thiserror::Error, TaskError)]
        #[error($cause)]
        #[task_error(name = $name)]
        struct $error;

        struct $workflow;

        #[workflow(start = $state, timeout = "1h", output = Value)]
        impl $workflow {
            #[task(resource = $resource, timeout = "1m", end)]
            async fn $state(&self, _arguments: Value) -> Result<Value, $error> {
                Err($error)
            }
        }
    };
}

failing! {
    CallApi, Forbidden, api_gateway_invoke, "arn:aws:states:::apigateway:invoke",
    "ApiGateway.403", r#"{{"message":"Missing Authentication Token"}}"#
}

#[tokio::test(start_paused = true)]
async fn an_api_that_refuses() {
    same(CallApi, Recorded::read("apigateway_error")).await;
}

failing! {
    Publish, InvalidParameter, publish, "arn:aws:states:::sns:publish",
    "SNS.InvalidParameterException",
    "Invalid parameter: The MessageGroupId parameter is required for FIFO topics (Service: AmazonSNS; Status Code: 400; Error Code: InvalidParameter; Request ID: <request_id>; Proxy: null)"
}

#[tokio::test(start_paused = true)]
async fn a_parameter_that_is_missing() {
    same(Publish, Recorded::read("sns_error")).await;
}

failing! {
    PutEvents, FailedEntry, put_events, "arn:aws:states:::events:putEvents",
    "EventBridge.FailedEntry",
    r#"{{"Entries":[{{"EventId":"<uuid:1>"}},{{"ErrorCode":"InvalidArgument","ErrorMessage":"Parameter Source is not valid. Reason: Source is a required argument."}}],"FailedEntryCount":1}}"#
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_an_error() {
    same(PutEvents, Recorded::read("events_failed_entry")).await;
}

/// Answers what it was made with.
struct Answering {
    answer: Value,
}

#[workflow(start = api_gateway_invoke, timeout = "1h")]
impl Answering {
    #[task(resource = "arn:aws:states:::apigateway:invoke", timeout = "1m", end)]
    async fn api_gateway_invoke(&self, _request: Value) -> Value {
        self.answer.clone()
    }
}

#[tokio::test(start_paused = true)]
async fn an_api_that_answers() {
    let recorded = Recorded::read("apigateway_invoke");
    let answer = recorded.replay("taskSucceededEventDetails");
    same(Answering { answer }, recorded).await;
}

#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
struct Secret {
    name: String,
    secret_string: String,
}

#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
struct Refused {
    name: String,
    secret_string: String,
    task_failed_error: Failure,
}

#[derive(Debug, thiserror::Error, TaskError)]
#[error(
    "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@! (Service: SecretsManager, Status Code: 400, Request ID: <request_id>)"
)]
#[task_error(name = "SecretsManager.SecretsManagerException")]
struct InvalidName;

struct CreateSecret;

#[workflow(start = create_secret, timeout = "1h", output = Refused)]
impl CreateSecret {
    #[task(
        resource = "arn:aws:states:::aws-sdk:secretsmanager:createSecret",
        arguments = |secret| json!({ "Name": secret.name, "SecretString": secret.secret_string }),
        timeout = "1m",
        next = |_| unreached(),
    )]
    #[catch(States::TaskFailed => |failure, secret| task_failed_handler(Refused {
        name: secret.name,
        secret_string: secret.secret_string,
        task_failed_error: failure,
    }))]
    async fn create_secret(&self, _secret: Secret) -> Result<(), InvalidName> {
        Err(InvalidName)
    }

    #[pass(end)]
    fn task_failed_handler(refused: Refused);

    #[fail(error = "Unreached")]
    fn unreached();
}

#[tokio::test(start_paused = true)]
async fn any_error_of_a_service() {
    same(CreateSecret, Recorded::read("sdk_secret_error_catch")).await;
}

struct SubmitJob;

#[workflow(start = submit_job, timeout = "1h")]
impl SubmitJob {
    #[task(resource = "arn:aws:states:::batch:submitJob.sync", timeout = "30m", end)]
    async fn submit_job(&self, job: Value) -> Value {
        job
    }
}

/// No recording has such a job: the events are those of a nested execution, which is recorded.
#[tokio::test(start_paused = true)]
async fn a_job_that_is_waited_for() {
    let events = native(SubmitJob, "{}").await;
    let resources: Vec<_> = events
        .iter()
        .filter_map(|event| {
            let kind = event["type"].as_str()?.strip_prefix("Task").filter(|kind| !kind.starts_with("State"))?;
            let details = &event[format!("task{kind}EventDetails")];
            Some(format!("{kind} {}:{}", details["resourceType"].as_str()?, details["resource"].as_str()?))
        })
        .collect();
    let expected =
        ["Scheduled", "Started", "Submitted", "Succeeded"].map(|kind| format!("{kind} batch:submitJob.sync"));
    assert_eq!(resources, expected);
}
