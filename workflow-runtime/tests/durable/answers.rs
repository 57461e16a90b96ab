//! Tokens and activities over the end of a process.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use workflow_runtime::prelude::*;
use workflow_runtime::store::Memory;
use workflow_runtime::{ExecutionError, TokenError};

use crate::{crash, engine};

#[derive(Clone, Default)]
struct Mails(Arc<Mutex<Vec<(String, u32)>>>);

impl Mails {
    fn all(&self) -> Vec<(String, u32)> {
        self.0.lock().expect("nobody panics").clone()
    }
}

struct Approval {
    mails: Mails,
    takes: Duration,
}

#[workflow(start = ask, timeout = "14d")]
impl Approval {
    #[task(callback, timeout = "7d", heartbeat = "2d", end)]
    async fn ask(&self, invoice: u32, token: TaskToken<bool>, cx: TaskContext) {
        assert_eq!(invoice, 7);
        self.mails.0.lock().expect("nobody panics").push((token.to_string(), cx.attempt()));
        tokio::time::sleep(self.takes).await;
    }
}

fn approval(mails: &Mails, takes: u64) -> Approval {
    Approval { mails: mails.clone(), takes: Duration::from_secs(takes) }
}

#[tokio::test(start_paused = true)]
async fn a_token_outlives_the_process_that_gave_it_out() {
    let (memory, mails) = (Memory::new(), Mails::default());
    let first = engine(approval(&mails, 0), &memory).await;
    let id = first.start::<Approval>(7).await.expect("it starts").id().clone();
    tokio::time::sleep(Duration::from_secs(1)).await;
    crash(first).await;

    let second = engine(approval(&mails, 0), &memory).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let (token, _) = mails.all()[0].clone();
    let execution = second.execution(&id).expect("it goes on");
    second.complete_json(&token, "true").await.expect("somebody waits");
    assert_eq!(execution.output_json().await.as_deref(), Ok("true"));
    assert_eq!(mails.all().len(), 1, "the method has done its part");
    let late = second.complete_json(&token, "true").await;
    assert!(matches!(late, Err(TokenError::TaskTimedOut)), "{late:?}");
    crash(second).await;

    let third = engine(approval(&mails, 0), &memory).await;
    let late = third.complete_json(&token, "true").await;
    assert!(matches!(late, Err(TokenError::TaskTimedOut)), "the token is known: {late:?}");
}

#[tokio::test(start_paused = true)]
async fn a_method_that_was_cut_off_runs_again_with_the_same_token() {
    let (memory, mails) = (Memory::new(), Mails::default());
    let first = engine(approval(&mails, 3600), &memory).await;
    first.start::<Approval>(7).await.expect("it starts");
    tokio::time::sleep(Duration::from_secs(1)).await;
    crash(first).await;

    let second = engine(approval(&mails, 0), &memory).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let sent = mails.all();
    assert_eq!((sent[0].1, sent[1].1, sent.len()), (1, 2, 2));
    assert_eq!(sent[0].0, sent[1].0);
    drop(second);
}

#[tokio::test(start_paused = true)]
async fn the_time_of_a_callback_goes_on_while_no_process_does() {
    let (memory, mails) = (Memory::new(), Mails::default());
    let first = engine(approval(&mails, 0), &memory).await;
    let id = first.start::<Approval>(7).await.expect("it starts").id().clone();
    tokio::time::sleep(Duration::from_secs(1)).await;
    crash(first).await;
    tokio::time::sleep(Duration::from_secs(86_400 * 8)).await;

    let second = engine(approval(&mails, 0), &memory).await;
    let began = tokio::time::Instant::now();
    let error = second.execution(&id).expect("it goes on").output_json().await.expect_err("it is late");
    let ExecutionError::Failed(failure) = error else { panic!("{error}") };
    assert_eq!(failure.error, "States.Timeout");
    assert!(began.elapsed() < Duration::from_secs(1));
}

struct Gallery;

#[workflow(start = resize, timeout = "7d")]
impl Gallery {
    #[task(activity, timeout = "1h", end)]
    fn resize(image: String) -> u32;
}

#[tokio::test(start_paused = true)]
async fn an_activity_is_scheduled_again_and_one_that_a_worker_has_is_not() {
    let memory = Memory::new();
    let first = engine(Gallery, &memory).await;
    let taken = first.start::<Gallery>("tree.png".to_owned()).await.expect("it starts");
    let task = first.activity_task("Resize").await;
    let waiting = first.start::<Gallery>("lake.png".to_owned()).await.expect("it starts");
    tokio::time::sleep(Duration::from_secs(1)).await;
    let ids = [taken.id().clone(), waiting.id().clone()];
    crash(first).await;

    let second = engine(Gallery, &memory).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let again = second.activity_task("Resize").await;
    assert_eq!(again.input_json(), "\"lake.png\"");
    second.complete_json(task.token(), "400").await.expect("it is waited for");
    second.complete_json(again.token(), "300").await.expect("it is waited for");
    for (id, output) in ids.iter().zip(["400", "300"]) {
        let execution = second.execution(id).expect("it goes on");
        assert_eq!(execution.output_json().await.as_deref(), Ok(output));
        let types: Vec<_> = execution.history().iter().map(|event| event.detail.event_type()).collect();
        assert_eq!(types.iter().filter(|name| *name == "ActivityScheduled").count(), 1, "{types:?}");
    }
}
