//! `cargo test --example approval`: answers, no answers, and answers that come too late, under tokio's paused clock.

use std::sync::{Arc, Mutex};

use tokio::time::{Instant, sleep};
use workflow_runtime::ExecutionError;

use super::*;
use crate::workflow::{Approval, Decision, Mail, MailError, Question};

/// Notes what is asked, and how it can be answered.
#[derive(Default)]
struct Notes {
    asked: Mutex<Vec<(String, TaskToken<Decision>)>>,
}

impl Mail for Arc<Notes> {
    async fn ask(&self, question: &Question, token: &TaskToken<Decision>) -> Result<(), MailError> {
        self.asked.lock().unwrap().push((question.whom.clone(), token.clone()));
        Ok(())
    }
}

impl Notes {
    fn token(&self, index: usize) -> TaskToken<Decision> {
        self.asked.lock().unwrap()[index].1.clone()
    }
}

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

struct Test {
    notes: Arc<Notes>,
    engine: Engine,
    execution: Execution<ApproveExpense<Arc<Notes>>>,
}

impl Test {
    async fn start(amount_in_cents: u32) -> Self {
        let notes = Arc::new(Notes::default());
        let engine = Engine::builder().workflow(ApproveExpense::new(notes.clone())).start().await.unwrap();
        let execution = engine.start(expense("a desk", amount_in_cents)).await.unwrap();
        Test { notes, engine, execution }
    }

    fn approved_by(&self, whom: &str) -> Result<Approval, ExecutionError> {
        Ok(Approval { what_for: "a desk".to_owned(), approved_by: whom.to_owned() })
    }
}

fn failed(error: &str, cause: &str) -> Result<Approval, ExecutionError> {
    Err(ExecutionError::Failed(Failure::new(error, cause)))
}

#[tokio::test(start_paused = true)]
async fn small_expenses_ask_nobody() {
    let test = Test::start(5_000).await;
    assert_eq!(test.execution.output().await, test.approved_by("the rules"));
    assert!(test.notes.asked.lock().unwrap().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_person_decides() {
    for (decision, answer) in [(Decision::Approve, Ok("Grace")), (Decision::Refuse, Err("Grace refused a desk"))] {
        let test = Test::start(5_001).await;
        sleep(2 * DAY).await;
        assert!(test.engine.complete(&test.notes.token(0), decision).await.is_ok());
        match answer {
            Ok(whom) => assert_eq!(test.execution.output().await, test.approved_by(whom)),
            Err(cause) => assert_eq!(test.execution.output().await, failed("Refused", cause)),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn after_three_days_the_next_one_is_asked() {
    let test = Test::start(5_001).await;
    sleep(4 * DAY).await;
    // The first mail's links lead nowhere by now.
    assert!(test.engine.complete(&test.notes.token(0), Decision::Refuse).await.is_err());
    assert!(test.engine.complete(&test.notes.token(1), Decision::Approve).await.is_ok());
    assert_eq!(test.execution.output().await, test.approved_by("Barbara"));
}

#[tokio::test(start_paused = true)]
async fn after_six_days_it_expires() {
    let begun = Instant::now();
    let test = Test::start(5_001).await;
    let cause = "neither Grace nor Barbara answered within three days each";
    assert_eq!(test.execution.output().await, failed("Expired", cause));
    assert_eq!(begun.elapsed(), 6 * DAY);
}
