//! Answers that come before their executions are taken up, and while they are left to the store.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time::sleep;
use workflow_runtime::prelude::*;
use workflow_runtime::store::{Filter, Memory, Store};
use workflow_runtime::{EngineBuilder, ExecutionError, ExecutionId, Status, TokenError};

use crate::crash;
use crate::crash::Mortal;

type Mails = Arc<Mutex<Vec<String>>>;

/// Asks in a state of its own, in a nested execution and in a branch.
#[derive(Clone)]
struct Approval {
    mails: Mails,
}

#[workflow(start = ask, timeout = "8d")]
impl Approval {
    #[task(callback, timeout = "7d", end)]
    async fn ask(&self, _invoice: u32, token: TaskToken<bool>) {
        self.mails.lock().expect("nobody panics").push(token.to_string());
    }
}

struct Both {
    approval: Approval,
}

#[workflow(start = first, timeout = "10d")]
impl Both {
    #[nested(self.approval: Approval, next = |_| second(7))]
    fn first(invoice: u32);

    #[parallel(branches(self.approval: Approval, self.approval: Approval), end)]
    fn second(invoice: u32);
}

struct Waiter;

#[workflow(start = work, timeout = "1d")]
impl Waiter {
    #[task(timeout = "1h", end)]
    async fn work(&self, minutes: u32) {
        sleep(Duration::from_secs(u64::from(minutes) * 60)).await;
    }
}

fn engine(memory: &Memory, mails: &Mails) -> EngineBuilder {
    let approval = Approval { mails: mails.clone() };
    Engine::builder()
        .workflow(Both { approval: approval.clone() })
        .workflow(approval)
        .workflow(Waiter)
        .store(memory.clone())
}

/// Lets everything have its turn that is not to wait.
async fn settle() {
    sleep(Duration::from_millis(1)).await;
}

/// An execution that asks, in an engine that is gone, and the token.
async fn asked(memory: &Memory, mails: &Mails) -> (ExecutionId, String) {
    let first = engine(memory, mails).start().await.expect("it starts");
    let id = first.start::<Approval>(7).await.expect("it starts").id().clone();
    settle().await;
    crash(first).await;
    (id, mails.lock().expect("nobody panics").pop().expect("it asks"))
}

fn is_refused(answer: &Result<(), TokenError>) -> bool {
    matches!(answer, Err(TokenError::TaskTimedOut))
}

#[tokio::test(start_paused = true)]
async fn an_answer_right_after_the_start_is_taken_once() {
    let (memory, mails) = (Memory::new(), Mails::default());
    let (id, token) = asked(&memory, &mails).await;
    let second = engine(&memory, &mails).start().await.expect("it starts");
    second.heartbeat(&token).await.expect("it is asked for");
    second.complete_json(&token, "true").await.expect("it is asked for");
    let again = [second.complete_json(&token, "false").await, second.heartbeat(&token).await];
    assert!(again.iter().all(is_refused), "{again:?}");
    let execution = second.execution(&id).expect("it goes on");
    assert_eq!(execution.output_json().await.as_deref(), Ok("true"));
    let again = second.complete_json(&token, "false").await;
    assert!(is_refused(&again), "{again:?}");
    assert_eq!(second.waiting_tasks(), 0);
}

#[tokio::test(start_paused = true)]
async fn an_answer_is_kept_for_one_that_waits_for_room_and_over_a_crash() {
    let (memory, mails) = (Memory::new(), Mails::default());
    let first = engine(&memory, &mails).start().await.expect("it starts");
    first.start::<Waiter>(59).await.expect("it starts");
    crash(first).await;
    let (id, token) = asked(&memory, &mails).await;
    let second = engine(&memory, &mails).max_running(1).start().await.expect("it starts");
    settle().await;
    assert_eq!(second.waiting_tasks(), 0, "there is room for the first one only");
    second.complete_json(&token, "true").await.expect("it is asked for");
    crash(second).await;
    let third = engine(&memory, &mails).max_running(1).start().await.expect("it starts");
    let again = third.complete_json(&token, "false").await;
    assert!(is_refused(&again), "{again:?}");
    crash(third).await;
    let last = engine(&memory, &mails).max_running(1).start().await.expect("it starts");
    sleep(Duration::from_secs(3_600)).await;
    assert_eq!(last.execution(&id).expect("it had its turn").output_json().await.as_deref(), Ok("true"));
    assert_eq!(mails.lock().expect("nobody panics").len(), 0, "it did not ask again");
}

#[tokio::test(start_paused = true)]
async fn what_is_not_waited_for_is_refused() {
    let (memory, mails) = (Memory::new(), Mails::default());
    let (id, token) = asked(&memory, &mails).await;
    let (_, other) = asked(&Memory::new(), &mails).await;
    // Each start looks at what is written down before anything is taken up.
    let second = engine(&memory, &mails).start().await.expect("it starts");
    for forged in [other.clone(), token.replace(&token[..8], "00000000"), format!("{}{}", &token[..32], &other[32..])] {
        let answer = second.complete_json(&forged, "true").await;
        assert!(matches!(answer, Err(TokenError::InvalidToken)), "{answer:?}");
    }
    let answer = second.complete_json(&token, "tru").await;
    assert!(matches!(answer, Err(TokenError::InvalidOutput(_))), "{answer:?}");
    crash(second).await;
    // The task's time is over, though nobody has noted that.
    sleep(Duration::from_secs(86_400 * 7)).await;
    let third = engine(&memory, &mails).start().await.expect("it starts");
    let late = [third.complete_json(&token, "true").await, third.fail(&token, Failure::new("No", "")).await];
    assert!(late.iter().all(is_refused), "{late:?}");
    let error = third.execution(&id).expect("it goes on").output_json().await.expect_err("it is late");
    assert!(matches!(&error, ExecutionError::Failed(failure) if failure.error == "States.Timeout"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn the_time_of_the_execution_counts_as_well() {
    let (memory, mails) = (Memory::new(), Mails::default());
    let first = engine(&memory, &mails).start().await.expect("it starts");
    first.start::<Both>(1).await.expect("it starts");
    sleep(Duration::from_secs(86_400 * 5)).await;
    let token = mails.lock().expect("nobody panics").pop().expect("it asks");
    first.complete_json(&token, "true").await.expect("it is asked for");
    settle().await;
    crash(first).await;
    let token = mails.lock().expect("nobody panics").pop().expect("it asks");
    sleep(Duration::from_secs(86_400 * 5)).await;
    let second = engine(&memory, &mails).start().await.expect("it starts");
    let late = second.complete_json(&token, "true").await;
    assert!(is_refused(&late), "the branch had two days more, its execution had none: {late:?}");
}

#[tokio::test(start_paused = true)]
async fn nested_executions_and_branches_find_their_answers() {
    let (memory, mails) = (Memory::new(), Mails::default());
    let first = engine(&memory, &mails).start().await.expect("it starts");
    let id = first.start::<Both>(1).await.expect("it starts").id().clone();
    settle().await;
    crash(first).await;
    let next = |memory, mails| async move {
        let engine = engine(memory, mails).start().await.expect("it starts");
        let tokens = std::mem::take(&mut *mails.lock().expect("nobody panics"));
        for token in &tokens {
            engine.complete_json(token, "true").await.expect("it is asked for");
        }
        (engine, tokens.len())
    };
    // The nested one is answered, the process is gone before it goes on, and the branches ask.
    let (second, asked) = next(&memory, &mails).await;
    crash(second).await;
    assert_eq!(asked, 1);
    let third = engine(&memory, &mails).start().await.expect("it starts");
    settle().await;
    crash(third).await;
    let (fourth, asked) = next(&memory, &mails).await;
    assert_eq!(asked, 2);
    assert_eq!(fourth.execution(&id).expect("it goes on").output_json().await.as_deref(), Ok("[true,true]"));
    let stored = memory.list(&Filter::default()).expect("it can be read");
    assert!(stored.iter().all(|execution| execution.status == Status::Succeeded), "{stored:?}");
}

#[tokio::test(start_paused = true)]
async fn an_answer_during_and_after_a_shutdown_is_for_the_next_engine() {
    let (memory, mails) = (Memory::new(), Mails::default());
    let first = engine(&memory, &mails).start().await.expect("it starts");
    let ids = [first.start::<Approval>(1).await, first.start::<Approval>(2).await]
        .map(|started| started.expect("it starts").id().clone());
    settle().await;
    let tokens = std::mem::take(&mut *mails.lock().expect("nobody panics"));
    let during = async {
        settle().await;
        first.complete_json(&tokens[0], "true").await
    };
    let (answer, _) = tokio::join!(during, first.shutdown(Duration::from_secs(1)));
    answer.expect("it is kept");
    first.complete_json(&tokens[1], "false").await.expect("it is kept");
    let again = first.complete_json(&tokens[1], "true").await;
    assert!(is_refused(&again), "{again:?}");

    let second = engine(&memory, &mails).start().await.expect("it starts");
    for (id, output) in ids.iter().zip(["true", "false"]) {
        assert_eq!(second.execution(id).expect("it goes on").output_json().await.as_deref(), Ok(output));
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_of_another_type_fails_its_task() {
    let (memory, mails) = (Memory::new(), Mails::default());
    let (id, token) = asked(&memory, &mails).await;
    let second = engine(&memory, &mails).start().await.expect("it starts");
    second.complete_json(&token, "7").await.expect("nobody knows yet that it is no bool");
    let error = second.execution(&id).expect("it goes on").output_json().await.expect_err("7 is no bool");
    assert!(error.to_string().contains("what was sent is not what the task ends with: invalid type"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_cannot_be_kept_is_an_error() {
    let mails = Mails::default();
    let approval = || Approval { mails: mails.clone() };
    let left = Arc::new(AtomicU64::new(u64::MAX));
    let store = Mortal { memory: Memory::new(), left: left.clone(), writes_last: false };
    let engine = Engine::builder().workflow(approval()).store(store).start().await.expect("it starts");
    engine.start::<Approval>(7).await.expect("it starts");
    settle().await;
    let token = mails.lock().expect("nobody panics").pop().expect("it asks");
    left.store(0, Ordering::Relaxed);
    let lost = engine.complete_json(&token, "true").await;
    let Err(TokenError::Store(error)) = lost else { panic!("{lost:?}") };
    assert_eq!(error.to_string(), "the process is gone");
}

struct Gallery;

#[workflow(start = resize, timeout = "7d")]
impl Gallery {
    #[task(activity, timeout = "1h", end)]
    fn resize(image: String) -> u32;
}

#[tokio::test(start_paused = true)]
async fn a_worker_that_took_its_task_before_the_crash_need_not_do_it_twice() {
    let memory = Memory::new();
    let gallery = || Engine::builder().workflow(Gallery).store(memory.clone()).start();
    let first = gallery().await.expect("it starts");
    let id = first.start::<Gallery>("tree.png".to_owned()).await.expect("it starts").id().clone();
    // The process is gone before anybody notes that the task is taken.
    let task = first.activity_task("Resize").await;
    crash(first).await;
    let third = gallery().await.expect("it starts");
    settle().await;
    third.complete_json(task.token(), "400").await.expect("it is asked for");
    assert_eq!(third.execution(&id).expect("it goes on").output_json().await.as_deref(), Ok("400"));
}
