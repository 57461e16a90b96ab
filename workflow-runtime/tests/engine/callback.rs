//! Callbacks: tokens, and the answers to them.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;
use tokio::time::Instant;
use workflow_runtime::prelude::*;
use workflow_runtime::{Status, TokenError};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
struct Decision {
    approved: bool,
    by: String,
}

fn yes() -> Decision {
    Decision { approved: true, by: "Ada".to_owned() }
}

#[derive(Debug, thiserror::Error, TaskError)]
enum MailError {
    #[error("no such mailbox")]
    Unknown,
}

#[derive(Debug, thiserror::Error, TaskError)]
enum Refusal {
    #[error("{0} says no")]
    Denied(String),
}

type Mail = (u32, TaskToken<Decision>);

struct Approval {
    outbox: mpsc::UnboundedSender<Mail>,
}

#[workflow(start = ask, timeout = "30d", output = String)]
impl Approval {
    #[task(callback, timeout = "7d", heartbeat = "3d", end = |decision| decision.by)]
    #[retry(MailError::Unknown | States::Timeout, interval = "1h", max_attempts = 1)]
    #[catch(Refusal::Denied => |failure, invoice| denied(format!("{invoice}: {}", failure.message())))]
    async fn ask(&self, invoice: u32, token: TaskToken<Decision>) -> Result<(), MailError> {
        if invoice == 0 {
            return Err(MailError::Unknown);
        }
        self.outbox.send((invoice, token)).map_err(|_| MailError::Unknown)
    }

    #[fail(error = "Denied")]
    fn denied(why: String) -> String {
        why
    }
}

async fn engine() -> (Engine, mpsc::UnboundedReceiver<Mail>) {
    let (outbox, inbox) = mpsc::unbounded_channel();
    let engine = Engine::builder().workflow(Approval { outbox }).start().await.expect("there is one workflow");
    (engine, inbox)
}

async fn ask(engine: &Engine, inbox: &mut mpsc::UnboundedReceiver<Mail>) -> (Execution<Approval>, TaskToken<Decision>) {
    let execution = engine.start::<Approval>(7).await.expect("the engine has it");
    let (_, token) = inbox.recv().await.expect("it asks");
    (execution, token)
}

#[tokio::test(start_paused = true)]
async fn an_answer_after_days() {
    let (engine, mut inbox) = engine().await;
    let (execution, token) = ask(&engine, &mut inbox).await;
    tokio::time::sleep(Duration::from_secs(2 * 86_400)).await;
    assert_eq!(execution.status(), Status::Running);
    engine.complete(&token, yes()).await.expect("it waits");
    assert_eq!(execution.output().await.as_deref(), Ok("Ada"));
    assert_eq!(engine.waiting_tasks(), 0);
}

#[tokio::test(start_paused = true)]
async fn an_answer_as_json() {
    let (engine, mut inbox) = engine().await;
    let (execution, token) = ask(&engine, &mut inbox).await;
    for wrong in ["", "true", r#"{"approved":true}"#] {
        let refused = engine.complete_json(token.as_str(), wrong).await;
        assert!(matches!(refused, Err(TokenError::InvalidOutput(_))), "{refused:?}");
    }
    engine.complete_json(token.as_str(), r#"{"approved":true,"by":"Bob"}"#).await.expect("it waits");
    assert_eq!(execution.output().await.as_deref(), Ok("Bob"));
}

#[tokio::test(start_paused = true)]
async fn a_failure_is_caught() {
    let (engine, mut inbox) = engine().await;
    let (execution, token) = ask(&engine, &mut inbox).await;
    engine.fail(&token, Refusal::Denied("Ada".to_owned())).await.expect("it waits");
    let error = execution.output().await.expect_err("it was denied");
    assert_eq!(error.to_string(), "the execution failed with Denied: 7: Ada says no");
}

#[tokio::test(start_paused = true)]
async fn only_the_first_answer_counts() {
    let (engine, mut inbox) = engine().await;
    let (execution, token) = ask(&engine, &mut inbox).await;
    engine.complete(&token, yes()).await.expect("it waits");
    let late = [
        engine.complete(&token, yes()).await,
        engine.complete_json(token.as_str(), "{}").await,
        engine.fail(&token, Failure::new("Late", "")).await,
        engine.heartbeat(&token).await,
    ];
    assert!(late.iter().all(|late| matches!(late, Err(TokenError::TaskTimedOut))), "{late:?}");
    assert_eq!(execution.output().await.as_deref(), Ok("Ada"));
}

#[tokio::test(start_paused = true)]
async fn tokens_that_were_never_given_out() {
    let (engine, mut inbox) = engine().await;
    let (_execution, token) = ask(&engine, &mut inbox).await;
    let text = token.as_str();
    let (head, tail) = text.split_at(text.len() - 1);
    let forged = format!("{head}{}", if tail == "0" { "1" } else { "0" });
    let longer = format!("{text}0");
    let upper = format!("+{}", &text[1..]);
    for unknown in ["", "NoSuchTaskToken", &"0".repeat(48), &"ß".repeat(40), &forged, &longer, &upper] {
        let answers = [
            engine.complete_json(unknown, "true").await,
            engine.fail(unknown, Failure::new("Forged", "")).await,
            engine.heartbeat(unknown).await,
        ];
        assert!(answers.iter().all(|answer| matches!(answer, Err(TokenError::InvalidToken))), "{unknown}: {answers:?}");
    }
    assert_eq!(engine.waiting_tasks(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_retry_has_a_new_token() {
    let (engine, mut inbox) = engine().await;
    let begun = Instant::now();
    let (execution, first) = ask(&engine, &mut inbox).await;
    let (_, second) = inbox.recv().await.expect("it asks again");
    // Nobody sent a heartbeat for three days; then it waits an hour.
    assert_eq!(begun.elapsed(), Duration::from_secs(3 * 86_400 + 3_600));
    assert_ne!(first, second);
    assert!(matches!(engine.complete(&first, yes()).await, Err(TokenError::TaskTimedOut)));
    engine.complete(&second, yes()).await.expect("it waits");
    assert_eq!(execution.output().await.as_deref(), Ok("Ada"));
}

#[tokio::test(start_paused = true)]
async fn heartbeats_keep_it_until_the_timeout() {
    let (engine, mut inbox) = engine().await;
    let begun = Instant::now();
    let (_execution, token) = ask(&engine, &mut inbox).await;
    let mut beats = 0;
    while engine.heartbeat(&token).await.is_ok() {
        beats += 1;
        tokio::time::sleep(Duration::from_secs(2 * 86_400)).await;
    }
    assert_eq!(beats, 4);
    let _again = inbox.recv().await.expect("it asks again");
    assert_eq!(begun.elapsed(), Duration::from_secs(8 * 86_400));
}

#[tokio::test(start_paused = true)]
async fn the_method_itself_fails() {
    let (engine, mut inbox) = engine().await;
    let execution = engine.start::<Approval>(0).await.expect("the engine has it");
    let error = execution.output().await.expect_err("there is no mailbox");
    assert_eq!(error.to_string(), "the execution failed with MailError.Unknown: no such mailbox");
    assert!(inbox.try_recv().is_err());
    assert_eq!(engine.waiting_tasks(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_execution_takes_its_token_with_it() {
    let (engine, mut inbox) = engine().await;
    let (execution, token) = ask(&engine, &mut inbox).await;
    assert!(execution.cancel());
    assert!(execution.output().await.is_err());
    assert!(matches!(engine.complete(&token, yes()).await, Err(TokenError::TaskTimedOut)));
    assert_eq!(engine.waiting_tasks(), 0);
}

#[tokio::test(start_paused = true)]
async fn many_wait_at_once_and_leave_nothing_behind() {
    let (engine, mut inbox) = engine().await;
    let mut executions = Vec::new();
    for _ in 0..1_000 {
        executions.push(ask(&engine, &mut inbox).await);
    }
    assert_eq!(engine.waiting_tasks(), 1_000);
    for (position, (execution, token)) in executions.iter().enumerate() {
        match position % 3 {
            0 => engine.complete(token, yes()).await.expect("it waits"),
            1 => engine.fail(token, Refusal::Denied("Ada".to_owned())).await.expect("it waits"),
            _ => assert!(execution.cancel()),
        }
    }
    for (execution, _) in executions {
        let _ = execution.output().await;
    }
    assert_eq!(engine.waiting_tasks(), 0);
}

#[tokio::test]
async fn nobody_hears_of_the_token_without_an_engine() {
    let (outbox, mut inbox) = mpsc::unbounded_channel();
    let error = Approval { outbox }.run(7).await.expect_err("nobody could answer");
    let text = "the execution failed with States.Runtime: `Ask` waits for somebody from outside of the workflow, whom only an \
                engine hears: start the execution with `Engine::start`, not with `Workflow::run`";
    assert_eq!(error.to_string(), text);
    assert!(inbox.try_recv().is_err(), "the method was never called");
}

/// Answers before it returns, and then fails, hangs or panics.
struct Hasty {
    then: &'static str,
    outbox: mpsc::UnboundedSender<TaskToken<u32>>,
    proceed: std::sync::Arc<tokio::sync::Notify>,
}

#[workflow(start = ask, timeout = "1h")]
impl Hasty {
    #[task(callback, timeout = "1m", end)]
    async fn ask(&self, token: TaskToken<u32>, _cx: TaskContext) -> Result<(), MailError> {
        let _ = self.outbox.send(token);
        self.proceed.notified().await;
        match self.then {
            "returns" => Ok(()),
            "fails" => Err(MailError::Unknown),
            "panics" => panic!("it was answered already"),
            _ => std::future::pending().await,
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_was_taken_counts_whatever_the_method_does() {
    for then in ["returns", "fails", "panics", "hangs"] {
        let (outbox, mut inbox) = mpsc::unbounded_channel();
        let proceed = std::sync::Arc::<tokio::sync::Notify>::default();
        let hasty = Hasty { then, outbox, proceed: proceed.clone() };
        let engine = Engine::builder().workflow(hasty).start().await.expect("there is one workflow");
        let execution = engine.start::<Hasty>(()).await.expect("the engine has it");
        let token = inbox.recv().await.expect("it asks");
        engine.complete(&token, 7).await.expect("it waits");
        proceed.notify_one();
        assert_eq!(execution.output().await, Ok(7), "{then}");
    }
}
