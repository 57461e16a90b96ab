//! Tasks: success, errors with retriers and catchers, timeouts and heartbeats.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use workflow_runtime::prelude::*;

use crate::compare::{Recorded, same};
use crate::flow::Nothing;

/// What the recorded executions are started with.
#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
struct Invocation {
    function_name: String,
    payload: Option<String>,
}

/// What `lambda:invoke` answers. A native task answers with the payload alone, so these tasks make the envelope themselves.
#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
struct Answer {
    executed_version: String,
    payload: Nothing,
    status_code: u32,
}

/// The answer with the answer in it: what a Pass state with a `ResultPath` makes.
#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
struct Final {
    executed_version: String,
    payload: Nothing,
    status_code: u32,
    #[serde(rename = "final")]
    last: Answer,
}

/// The same of an error.
#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
struct Handled {
    error: String,
    cause: String,
    #[serde(rename = "error", skip_serializing_if = "Option::is_none")]
    timeout: Option<Failure>,
    #[serde(rename = "task_failed_error", skip_serializing_if = "Option::is_none")]
    task_failed: Option<Failure>,
}

#[derive(Debug, thiserror::Error, TaskError)]
enum LambdaError {
    #[error("Some exception was raised.")]
    #[task_error(name = "Exception")]
    Exception,
    #[error("")]
    #[task_error(name = "CustomException")]
    Custom,
    #[allow(dead_code, reason = "it is caught, and never happens")]
    #[error("the function could not be called")]
    #[task_error(name = "Lambda.Unknown")]
    Unknown,
}

struct Invoke;

#[workflow(start = start, timeout = "1h")]
impl Invoke {
    #[task(timeout = "1m", next = end_with_final)]
    async fn start(&self, _invocation: Invocation) -> Answer {
        Answer { executed_version: "$LATEST".to_owned(), payload: Nothing {}, status_code: 200 }
    }

    #[pass(end)]
    fn end_with_final(answer: Answer) -> Final {
        Final {
            executed_version: answer.executed_version.clone(),
            payload: answer.payload.clone(),
            status_code: answer.status_code,
            last: answer,
        }
    }
}

#[tokio::test(start_paused = true)]
async fn success() {
    same(Invoke, Recorded::read("lambda_invoke")).await;
}

#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
struct CrossAccount {
    function_name: String,
    payload: String,
    credentials_role_arn: String,
}

struct Retried;

#[workflow(start = invoke_lambda, timeout = "1h")]
impl Retried {
    #[task(timeout = "1m", end)]
    #[retry(States::All, max_attempts = 2)]
    async fn invoke_lambda(&self, _invocation: CrossAccount) -> Result<Nothing, LambdaError> {
        Err(LambdaError::Exception)
    }
}

#[tokio::test(start_paused = true)]
async fn error_that_is_retried() {
    let begun = tokio::time::Instant::now();
    same(Retried, Recorded::read("lambda_retry")).await;
    assert_eq!(begun.elapsed(), Duration::from_secs(1 + 2));
}

#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
struct FunctionName {
    function_name: String,
}

struct NeverRetried;

#[workflow(start = lambda_task, timeout = "1h")]
impl NeverRetried {
    #[task(timeout = "1m", end)]
    #[retry(States::All, interval = "3s", max_attempts = 0, backoff_rate = 2, max_delay = "5s", jitter = full)]
    async fn lambda_task(&self, _function: FunctionName) -> Result<Nothing, LambdaError> {
        Err(LambdaError::Exception)
    }
}

#[tokio::test(start_paused = true)]
async fn retrier_without_attempts() {
    same(NeverRetried, Recorded::read("lambda_retry_zero")).await;
}

#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
struct Values {
    value1: String,
    value2: Option<String>,
}

struct RetriedAndCaught;

#[workflow(start = invoke_lambda_with_retry, timeout = "1h", output = Failure)]
impl RetriedAndCaught {
    #[task(timeout = "1m", next = unreached)]
    #[retry(States::All, max_attempts = 3)]
    #[catch(States::All => handle_error)]
    async fn invoke_lambda_with_retry(&self, _values: Values) -> Result<Nothing, LambdaError> {
        Err(LambdaError::Exception)
    }

    /// The recorded task ends the execution with another type than its handler, which no workflow here may.
    #[fail(error = "Unreached")]
    fn unreached(_result: Nothing);

    #[pass(end)]
    fn handle_error(failure: Failure);
}

#[tokio::test(start_paused = true)]
async fn error_that_is_retried_and_then_caught() {
    let recorded = Recorded::read("lambda_retry_catch").with_each(invoked);
    same(RetriedAndCaught, recorded).await;
}

/// An event of a task whose resource is a function's ARN, as `lambda:invoke` records it. The state machine that is exported
/// has the latter.
fn invoked(event: &mut Value) {
    let Some(name) = event["type"].as_str().and_then(|name| name.strip_prefix("LambdaFunction")).map(str::to_owned)
    else {
        return;
    };
    let mut details = match event.get_mut(format!("lambdaFunction{name}EventDetails")) {
        Some(details) => details.take(),
        None => json!({}),
    };
    details["resource"] = "invoke".into();
    details["resourceType"] = "lambda".into();
    let mut invoked = json!({
        "type": format!("Task{name}"),
        "id": event["id"],
        "previousEventId": event["previousEventId"],
    });
    if let (Some(fields), "Scheduled") = (details.as_object_mut(), name.as_str()) {
        // It is among the parameters of `lambda:invoke`.
        fields.remove("input");
    }
    invoked[format!("task{name}EventDetails")] = details;
    *event = invoked;
}

struct Uncaught;

#[workflow(start = start, timeout = "1h")]
impl Uncaught {
    #[task(timeout = "1m", next = end_with_final)]
    #[catch(LambdaError::Unknown => end_with_handler)]
    async fn start(&self, _invocation: Invocation) -> Result<Nothing, LambdaError> {
        Err(LambdaError::Exception)
    }

    #[fail(error = "Unreached")]
    fn end_with_final(_result: Nothing);

    #[fail(error = "Unreached")]
    fn end_with_handler(_failure: Failure);
}

#[tokio::test(start_paused = true)]
async fn error_that_no_catcher_takes() {
    same(Uncaught, Recorded::read("lambda_raise")).await;
}

struct Caught;

#[workflow(start = start, timeout = "1h")]
impl Caught {
    #[task(timeout = "1m", next = end_with_final)]
    #[catch(LambdaError::Unknown => end_with_lambda_unknown_handler)]
    #[catch(States::TaskFailed => end_with_state_task_failed_handler)]
    #[catch(States::All => end_with_all_handler)]
    async fn start(&self, _invocation: Invocation) -> Result<Nothing, LambdaError> {
        Err(LambdaError::Exception)
    }

    #[fail(error = "Unreached")]
    fn end_with_lambda_unknown_handler(_failure: Failure);

    #[pass(end)]
    fn end_with_state_task_failed_handler(failure: Failure) -> Handled {
        Handled {
            error: failure.error.clone(),
            cause: failure.cause.clone(),
            timeout: None,
            task_failed: Some(failure),
        }
    }

    #[fail(error = "Unreached")]
    fn end_with_all_handler(_failure: Failure);

    #[fail(error = "Unreached")]
    fn end_with_final(_result: Nothing);
}

#[tokio::test(start_paused = true)]
async fn error_that_the_second_catcher_takes() {
    same(Caught, Recorded::read("lambda_raise_catch")).await;
}

struct CaughtByName;

#[workflow(start = invoke_lambda, timeout = "1h")]
impl CaughtByName {
    #[task(timeout = "1m", next = process_result)]
    #[catch(LambdaError::Custom => error_matched)]
    async fn invoke_lambda(&self, _invocation: Invocation) -> Result<Nothing, LambdaError> {
        Err(LambdaError::Custom)
    }

    #[fail(error = "Unreached")]
    fn process_result(_result: Nothing);

    #[pass(end)]
    fn error_matched(failure: Failure);
}

#[tokio::test(start_paused = true)]
async fn error_that_is_caught_by_its_name() {
    same(CaughtByName, Recorded::read("lambda_raise_custom")).await;
}

#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
struct LimitedInvocation {
    function_name: String,
    payload: Option<String>,
    timeout_seconds_value: u32,
}

struct TimesOut;

#[workflow(start = start, timeout = "1h")]
impl TimesOut {
    #[task(timeout = "5s", end)]
    async fn start(&self, _invocation: LimitedInvocation) -> Nothing {
        tokio::time::sleep(Duration::from_secs(60)).await;
        Nothing {}
    }
}

#[tokio::test(start_paused = true)]
async fn timeout() {
    let begun = tokio::time::Instant::now();
    same(TimesOut, Recorded::read("lambda_timeout")).await;
    assert_eq!(begun.elapsed(), Duration::from_secs(5));
}

struct TimeoutCaught;

#[workflow(start = start, timeout = "1h")]
impl TimeoutCaught {
    #[task(timeout = "5s", next = end_with_final)]
    #[catch(States::Timeout => end_with_handler)]
    async fn start(&self, _invocation: Invocation) -> Nothing {
        tokio::time::sleep(Duration::from_secs(60)).await;
        Nothing {}
    }

    #[pass(end)]
    fn end_with_handler(failure: Failure) -> Handled {
        Handled {
            error: failure.error.clone(),
            cause: failure.cause.clone(),
            timeout: Some(failure),
            task_failed: None,
        }
    }

    #[fail(error = "Unreached")]
    fn end_with_final(_result: Nothing);
}

#[tokio::test(start_paused = true)]
async fn timeout_that_is_caught() {
    same(TimeoutCaught, Recorded::read("lambda_timeout_catch")).await;
}

#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
struct Message {
    queue_url: String,
    message: String,
}

struct Silent;

#[workflow(start = send_message_with_wait, timeout = "1h")]
impl Silent {
    #[task(timeout = "600s", heartbeat = "5s", end)]
    async fn send_message_with_wait(&self, _message: Message, _context: TaskContext) -> Nothing {
        std::future::pending().await
    }
}

#[tokio::test(start_paused = true)]
async fn heartbeat_that_stays_away() {
    // Recorded with a callback, which has an event more; a task natively sends its heartbeats itself.
    let recorded = Recorded::read("heartbeat_timeout").without("TaskSubmitted").with_each(|event| {
        for details in ["taskScheduledEventDetails", "taskStartedEventDetails", "taskTimedOutEventDetails"] {
            if let Some(details) = event.get_mut(details) {
                details["resource"] = "invoke".into();
                details["resourceType"] = "lambda".into();
            }
        }
    });
    let begun = tokio::time::Instant::now();
    same(Silent, recorded).await;
    assert_eq!(begun.elapsed(), Duration::from_secs(5));
}
