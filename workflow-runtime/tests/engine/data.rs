//! What crosses an edge, and what a task knows of its execution.

use std::sync::Mutex;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

/// Serde leaves a part of it out, as the network would on AWS.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
struct Session {
    user: String,
    #[serde(skip)]
    password: String,
}

fn session() -> Session {
    Session { user: "ada".to_owned(), password: "secret".to_owned() }
}

#[derive(Default)]
struct Login {
    seen: Mutex<Vec<Session>>,
}

#[workflow(start = check, timeout = "1h")]
impl Login {
    #[task(timeout = "1m", next = rest)]
    async fn check(&self, given: Session) -> Session {
        self.seen.lock().expect("no task panics").push(given);
        session()
    }

    #[wait("1s", next = look)]
    fn rest(session: Session);

    #[task(timeout = "1m", end)]
    async fn look(&self, given: Session) -> Session {
        self.seen.lock().expect("no task panics").push(given);
        session()
    }
}

#[tokio::test(start_paused = true)]
async fn what_serde_leaves_out_does_not_cross_an_edge() {
    let workflow = Login::default();
    let output = workflow.run(session()).await.expect("it succeeds");
    let bare = Session { password: String::new(), ..session() };
    assert_eq!(output, bare);
    assert_eq!(*workflow.seen.lock().expect("no task panics"), [bare.clone(), bare]);
}

/// A number that does not read back.
#[derive(Clone, Debug, PartialEq, Serialize, Data)]
#[data(opaque, lossy)]
struct OneWay(u32);

impl<'de> Deserialize<'de> for OneWay {
    fn deserialize<D: serde::Deserializer<'de>>(_deserializer: D) -> Result<Self, D::Error> {
        Err(serde::de::Error::custom("there is no way back"))
    }
}

struct Lost;

#[workflow(start = make, timeout = "1h")]
impl Lost {
    #[task(timeout = "1m", next = take)]
    async fn make(&self, number: u32) -> OneWay {
        OneWay(number)
    }

    #[task(timeout = "1m", end)]
    async fn take(&self, one_way: OneWay) -> u32 {
        one_way.0
    }
}

#[tokio::test(start_paused = true)]
async fn what_does_not_read_back_fails_the_execution() {
    let engine = crate::engine(Lost).await;
    let execution = engine.start::<Lost>(3).await.expect("the workflow is known");
    let error = execution.output().await.expect_err("there is no way back");
    let failure = error.failure().expect("it failed");
    assert_eq!(failure.error, "States.Runtime");
    assert!(
        failure.cause.ends_with("OneWay` does not survive its way through JSON: there is no way back"),
        "{failure}"
    );
}

struct LostAtTheStart;

#[workflow(start = take, timeout = "1h")]
impl LostAtTheStart {
    #[task(timeout = "1m", end)]
    async fn take(&self, one_way: OneWay) -> u32 {
        one_way.0
    }
}

#[tokio::test(start_paused = true)]
async fn an_input_that_does_not_read_back_fails_the_execution() {
    let engine = crate::engine(LostAtTheStart).await;
    let execution = engine.start::<LostAtTheStart>(OneWay(3)).await.expect("the workflow is known");
    assert!(matches!(execution.output().await, Err(ExecutionError::Failed(_))));
    assert_eq!(crate::types(&execution.history()), ["ExecutionStarted", "ExecutionFailed"]);
}

#[derive(Debug, thiserror::Error, TaskError)]
#[error("not yet")]
struct NotYet;

/// What each attempt knew.
#[derive(Default)]
struct Knowing {
    known: Mutex<Vec<(String, u32, String, String)>>,
}

#[workflow(start = call, timeout = "1h")]
#[allow_finding(W0202)]
impl Knowing {
    #[task(timeout = "1m", next = again)]
    #[retry(NotYet, max_attempts = 2)]
    async fn call(&self, round: u32, context: TaskContext) -> Result<u32, NotYet> {
        let execution = context.execution().to_string();
        let known = (execution, context.retry_count(), context.state().to_owned(), context.idempotency_key());
        self.known.lock().expect("no task panics").push(known);
        if context.retry_count() < 2 { Err(NotYet) } else { Ok(round) }
    }

    #[choice]
    fn again(round: u32) -> Next<Self> {
        if round == 0 { call(round + 1) } else { done(round) }
    }

    #[succeed]
    fn done(round: u32);
}

#[tokio::test(start_paused = true)]
async fn a_task_knows_its_execution_its_attempt_and_its_key() {
    let engine = crate::engine(Knowing::default()).await;
    let first = engine.start::<Knowing>(0).await.expect("the workflow is known");
    assert_eq!(first.output().await, Ok(1));
    let workflow = Knowing::default();
    let begun = tokio::time::Instant::now();
    assert_eq!(workflow.run(0).await, Ok(1));
    assert_eq!(begun.elapsed(), Duration::from_secs(2 * (1 + 2)));
    let known = workflow.known.lock().expect("no task panics");
    let counts: Vec<_> = known.iter().map(|(_, count, ..)| *count).collect();
    assert_eq!(counts, [0, 1, 2, 0, 1, 2]);
    assert!(known.iter().all(|(execution, _, state, _)| *execution == known[0].0 && state == "Call"));
    let keys: Vec<_> = known.iter().map(|(.., key)| key).collect();
    assert!(keys[..3].iter().all(|key| *key == keys[0]), "one key for all attempts at a step");
    assert!(keys[3..].iter().all(|key| *key == keys[3]));
    assert_ne!(keys[0], keys[3], "another key for another step");
}
