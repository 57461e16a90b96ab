//! Callbacks: success, failures with and without a name, timeouts and heartbeats.
//!
//! They were recorded with `sqs:sendMessage.waitForTaskToken`, which the tasks here name as their resource. What the service answered to
//! the call itself is not compared.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio::time::Instant;
use workflow_runtime::prelude::*;

use crate::compare::{Recorded, native_beside};

/// What the recorded executions are started with, but for the path of their heartbeat.
#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
struct Message {
    queue_url: String,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    heartbeat_seconds_path: Option<u32>,
}

type Outbox = mpsc::UnboundedSender<String>;
type Inbox = mpsc::UnboundedReceiver<String>;

/// The recording without what the service answered to the call.
fn recorded(name: &str) -> Recorded {
    Recorded::read(name).with_each(|event| {
        if let Some(Value::Object(details)) = event.get_mut("taskSubmittedEventDetails") {
            details.remove("output");
        }
    })
}

/// Runs the workflow with the recording's input and somebody who has its tokens, and compares.
async fn same<W: Workflow, F>(
    workflow: impl FnOnce(Outbox) -> W,
    recorded: Recorded,
    answer: impl FnOnce(Engine, Inbox) -> F,
) where
    F: Future<Output = ()> + Send + 'static,
{
    let (outbox, inbox) = mpsc::unbounded_channel();
    let native = native_beside(workflow(outbox), &recorded.input(), |engine| answer(engine, inbox)).await;
    recorded.assert_same(native);
}

async fn nobody(_engine: Engine, mut inbox: Inbox) {
    while inbox.recv().await.is_some() {}
}

macro_rules! send_message {
    ($workflow:ident, $output:ty, $state:ident($($option:tt)*)) => {
        struct $workflow {
            outbox: Outbox,
        }

        #[workflow(start = $state, timeout = "1h")]
        impl $workflow {
            #[task(
                callback,
                resource = "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
                arguments = |message, token| json!({
                    "QueueUrl": message.queue_url,
                    "MessageBody": { "Message": message.message, "TaskToken": token },
                }),
                $($option)*,
                end,
            )]
            async fn $state(&self, _message: Message, token: TaskToken<$output>) {
                let _ = self.outbox.send(token.to_string());
            }
        }
    };
}

send_message!(SendMessage, String, send_message_with_wait(timeout = "1m"));

#[tokio::test(start_paused = true)]
async fn success() {
    same(
        |outbox| SendMessage { outbox },
        recorded("callback_success"),
        |engine, mut inbox| async move {
            let token = inbox.recv().await.expect("it sends a token");
            engine.complete_json(&token, r#""string-literal""#).await.expect("it waits");
        },
    )
    .await;
}

send_message!(SendWithHeartbeat, String, send_message_with_wait(timeout = "600s", heartbeat = "60s"));

#[tokio::test(start_paused = true)]
async fn success_before_the_heartbeat() {
    same(
        |outbox| SendWithHeartbeat { outbox },
        recorded("callback_heartbeat"),
        |engine, mut inbox| async move {
            let token = inbox.recv().await.expect("it sends a token");
            tokio::time::sleep(Duration::from_secs(59)).await;
            engine.complete_json(&token, r#""test_message_txt""#).await.expect("it waits");
        },
    )
    .await;
}

#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
struct Body {
    message: String,
    task_token: String,
}

send_message!(SendWithHeartbeats, Body, send_message_with_wait(timeout = "600s", heartbeat = "120s"));

#[tokio::test(start_paused = true)]
async fn heartbeats_leave_no_trace() {
    let recorded = recorded("callback_heartbeats").with_each(|event| {
        if let Some(token) = event.pointer_mut("/taskScheduledEventDetails/parameters/MessageBody/TaskToken") {
            *token = Value::Null;
        }
    });
    same(
        |outbox| SendWithHeartbeats { outbox },
        recorded,
        |engine, mut inbox| async move {
            let token = inbox.recv().await.expect("it sends a token");
            for _ in 0..4 {
                tokio::time::sleep(Duration::from_secs(100)).await;
                engine.heartbeat(&token).await.expect("it waits");
            }
            let body = r#"{"Message":"txt","TaskToken":"<task_token:1>"}"#;
            engine.complete_json(&token, body).await.expect("it waits");
        },
    )
    .await;
}

send_message!(SendAndTimeOut, String, send_message_with_wait_and_timeout(timeout = "5s"));

#[tokio::test(start_paused = true)]
async fn an_answer_that_stays_away() {
    let begun = Instant::now();
    same(|outbox| SendAndTimeOut { outbox }, recorded("callback_timeout"), nobody).await;
    assert_eq!(begun.elapsed(), Duration::from_secs(5));
}

send_message!(SendInSilence, String, send_message_with_wait(timeout = "600s", heartbeat = "5s"));

#[tokio::test(start_paused = true)]
async fn heartbeats_that_stay_away() {
    for name in ["heartbeat_timeout", "callback_silent"] {
        let begun = Instant::now();
        same(|outbox| SendInSilence { outbox }, recorded(name), nobody).await;
        assert_eq!(begun.elapsed(), Duration::from_secs(5));
    }
}

/// The failure beside the failure in it: what a Pass state with a `ResultPath` makes.
#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
struct Caught {
    error: String,
    cause: String,
    #[serde(rename = "caught")]
    caught: Failure,
}

struct SendAndCatch {
    outbox: Outbox,
}

#[workflow(start = send_message_with_wait, timeout = "1h", output = Caught)]
impl SendAndCatch {
    #[task(
        callback,
        resource = "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        arguments = |message, token| json!({
            "QueueUrl": message.queue_url,
            "MessageBody": { "Message": message.message, "TaskToken": token },
        }),
        timeout = "1m",
        next = end_with_final,
    )]
    #[catch(States::TaskFailed => end_with_caught)]
    async fn send_message_with_wait(&self, _message: Message, token: TaskToken<String>) {
        let _ = self.outbox.send(token.to_string());
    }

    #[pass(end)]
    fn end_with_caught(failure: Failure) -> Caught {
        Caught { error: failure.error.clone(), cause: failure.cause.clone(), caught: failure }
    }

    #[fail(error = "Unreached")]
    fn end_with_final(_result: String);
}

#[tokio::test(start_paused = true)]
async fn failure_that_is_caught() {
    same(
        |outbox| SendAndCatch { outbox },
        recorded("callback_failure"),
        |engine, mut inbox| async move {
            let token = inbox.recv().await.expect("it sends a token");
            engine.fail(&token, Failure::new("Failure error", "Failure cause")).await.expect("it waits");
        },
    )
    .await;
}

/// The input with the failure in it: what a catcher with a `ResultPath` makes.
#[derive(Clone, Serialize, Deserialize, Data)]
#[serde(rename_all = "PascalCase")]
struct MessageAndFailure {
    queue_url: String,
    message: String,
    #[serde(rename = "states_all_error")]
    failure: Failure,
}

struct SendAndCatchAll {
    outbox: Outbox,
}

#[workflow(start = send_message_with_wait, timeout = "1h", output = MessageAndFailure)]
impl SendAndCatchAll {
    #[task(
        callback,
        resource = "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        arguments = |message, token| json!({
            "QueueUrl": message.queue_url,
            "MessageBody": { "Message": message.message, "TaskToken": token },
        }),
        timeout = "1m",
        next = unreached,
    )]
    #[catch(States::Runtime => unreached)]
    #[catch(States::All => |failure, message| caught_states_all(MessageAndFailure {
        queue_url: message.queue_url,
        message: message.message,
        failure,
    }))]
    async fn send_message_with_wait(&self, message: Message, token: TaskToken<Failure>) {
        let _ = (message, self.outbox.send(token.to_string()));
    }

    #[pass(name = "CaughtStatesALL", end)]
    fn caught_states_all(caught: MessageAndFailure);

    #[fail(error = "Unreached")]
    fn unreached(_failure: Failure);
}

#[tokio::test(start_paused = true)]
async fn failure_without_a_name() {
    same(
        |outbox| SendAndCatchAll { outbox },
        recorded("callback_failure_without_error"),
        |engine, mut inbox| async move {
            let token = inbox.recv().await.expect("it sends a token");
            engine.fail(&token, Failure::new("", "")).await.expect("it waits");
        },
    )
    .await;
}

struct SendInBranch {
    branch: SendMessage,
}

#[workflow(start = parallel_job, timeout = "1h", output = MessageAndFailure)]
impl SendInBranch {
    #[parallel(branches(self.branch: SendMessage), next = unreached)]
    #[catch(States::Runtime => |_| unreached((String::new(),)))]
    #[catch(States::All => |failure, message| caught_states_all(MessageAndFailure {
        queue_url: message.queue_url,
        message: message.message,
        failure,
    }))]
    fn parallel_job(message: Message);

    #[pass(name = "CaughtStatesALL", end)]
    fn caught_states_all(caught: MessageAndFailure);

    #[fail(error = "Unreached")]
    fn unreached(_results: (String,));
}

#[tokio::test(start_paused = true)]
async fn failure_without_a_name_in_a_branch() {
    let workflow = |outbox| SendInBranch { branch: SendMessage { outbox } };
    same(workflow, recorded("callback_in_branch"), |engine, mut inbox| async move {
        let token = inbox.recv().await.expect("it sends a token");
        engine.fail(&token, Failure::new("", "")).await.expect("it waits");
    })
    .await;
}
