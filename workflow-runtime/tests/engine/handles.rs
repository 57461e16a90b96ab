//! What a handle on an execution tells and does.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use tokio::time::{Instant, sleep};
use workflow_runtime::prelude::*;
use workflow_runtime::{BuildError, ExecutionId, StartError, Status};

use crate::{engine, types};

/// Sleeps in a task, and counts those that are under way.
#[derive(Default)]
struct Sleeper {
    asleep: Arc<AtomicU32>,
}

/// Counts down when it is dropped, however its task ended.
struct Awake(Arc<AtomicU32>);

impl Drop for Awake {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

#[workflow(start = rest, timeout = "1h")]
impl Sleeper {
    #[wait("10s", next = dream)]
    fn rest(seconds: u64);

    #[task(timeout = "30m", next = done)]
    async fn dream(&self, seconds: u64) -> u64 {
        self.asleep.fetch_add(1, Ordering::SeqCst);
        let _awake = Awake(self.asleep.clone());
        sleep(Duration::from_secs(seconds)).await;
        seconds
    }

    #[succeed]
    fn done(seconds: u64);
}

#[tokio::test(start_paused = true)]
async fn an_execution_tells_how_it_stands() {
    let engine = engine(Sleeper::default()).await;
    let execution = engine.start::<Sleeper>(20).await.expect("the workflow is known");
    assert_eq!(execution.id().workflow(), "Sleeper");
    assert_eq!(execution.status(), Status::Running);
    assert_eq!(types(&execution.history()), ["ExecutionStarted"]);
    assert_eq!(execution.output().await, Ok(20));
    assert_eq!(execution.output().await, Ok(20), "an output can be had twice");
    assert_eq!(execution.status(), Status::Succeeded);
    let any = execution.into_any();
    assert_eq!((any.input_json(), any.output_json().await), ("20", Ok("20".to_owned())));
    assert_eq!(any.parent(), None);
    let took = any.stopped().expect("it ended").duration_since(any.started()).expect("it ended after it started");
    assert_eq!(took, Duration::from_secs(30));
}

#[tokio::test(start_paused = true)]
async fn a_history_is_numbered_and_linked() {
    let engine = engine(Sleeper::default()).await;
    let execution = engine.start::<Sleeper>(20).await.expect("the workflow is known");
    execution.output().await.expect("it succeeds");
    let history = execution.history();
    let numbers: Vec<_> = history.iter().map(|event| (event.id, event.previous_event_id)).collect();
    assert_eq!(numbers, [(1, 0), (2, 0), (3, 2), (4, 3), (5, 4), (6, 5), (7, 6), (8, 7), (9, 8), (10, 9), (11, 10)]);
    assert!(history.is_sorted_by_key(|event| event.timestamp));
    let json = serde_json::to_string(&history[1]).expect("an event is JSON");
    assert!(json.ends_with(
        r#""type":"WaitStateEntered","id":2,"previousEventId":0,"stateEnteredEventDetails":{"name":"Rest"}}"#
    ));
}

#[tokio::test(start_paused = true)]
async fn a_follower_sees_every_event_as_it_happens() {
    let engine = engine(Sleeper::default()).await;
    let execution = engine.start::<Sleeper>(20).await.expect("the workflow is known");
    let begun = Instant::now();
    let mut follower = execution.follow();
    let mut seen = Vec::new();
    while let Some(event) = follower.next().await {
        seen.push((begun.elapsed().as_secs(), event));
    }
    assert_eq!(follower.next().await, None);
    let at = |event_type: &str| {
        seen.iter().find(|(_, event)| event.detail.event_type() == event_type).map(|(second, _)| *second)
    };
    assert_eq!([at("WaitStateEntered"), at("WaitStateExited"), at("TaskSucceeded")], [Some(0), Some(10), Some(30)]);
    assert_eq!(seen.into_iter().map(|(_, event)| event).collect::<Vec<_>>(), execution.history());
    // A follower that comes late sees the same.
    let mut late = execution.follow();
    assert_eq!(late.next().await.map(|event| event.id), Some(1));
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_execution_gives_back_what_its_task_holds() {
    let workflow = Sleeper::default();
    let asleep = workflow.asleep.clone();
    let engine = engine(workflow).await;
    let execution = engine.start::<Sleeper>(600).await.expect("the workflow is known");
    sleep(Duration::from_secs(60)).await;
    assert_eq!(asleep.load(Ordering::SeqCst), 1);
    let begun = Instant::now();
    assert!(execution.cancel());
    assert_eq!(execution.output().await, Err(ExecutionError::Aborted(Failure::new("", ""))));
    assert_eq!(begun.elapsed(), Duration::ZERO);
    assert_eq!(asleep.load(Ordering::SeqCst), 0);
    assert_eq!(execution.status(), Status::Aborted);
    assert!(!execution.cancel(), "it is over");
}

#[tokio::test(start_paused = true)]
async fn a_cancellation_has_a_reason_and_may_come_at_once() {
    let engine = engine(Sleeper::default()).await;
    let execution = engine.start::<Sleeper>(20).await.expect("the workflow is known").into_any();
    let reason = Failure::new("Superseded", "there is a newer order");
    assert!(execution.cancel_with(reason.clone()));
    assert!(execution.cancel_with(Failure::new("Late", "")), "the first reason holds");
    assert_eq!(execution.output_json().await, Err(ExecutionError::Aborted(reason)));
    assert_eq!(types(&execution.history()), ["ExecutionStarted", "ExecutionAborted"]);
    let last = serde_json::to_value(execution.history().last()).expect("an event is JSON");
    assert_eq!(last["executionAbortedEventDetails"]["error"], "Superseded");
    assert_eq!(last["executionAbortedEventDetails"]["cause"], "there is a newer order");
}

#[tokio::test(start_paused = true)]
async fn an_execution_outlives_its_handles_and_those_on_the_engine() {
    let engine = engine(Sleeper::default()).await;
    let execution = engine.start::<Sleeper>(20).await.expect("the workflow is known");
    let (id, output) = (execution.id().clone(), tokio::spawn(async move { execution.output().await }));
    let again = engine.execution(&id).expect("it is running");
    drop(engine);
    assert_eq!(again.output_json().await, Ok("20".to_owned()));
    assert_eq!(output.await.expect("it does not panic"), Ok(20));
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_started_says_why() {
    let engine = engine(Sleeper::default()).await;
    let unfit = engine.start_json("Sleeper", r#""soon""#).await.expect_err("a text is no number");
    assert!(matches!(unfit, StartError::Input(_)));
    let text = "the input does not fit the workflow: invalid type: string \"soon\", expected u64 at line 1 column 6";
    assert_eq!(unfit.to_string(), text);
    let unknown = engine.start_json("Dreamer", "1").await.expect_err("there is no such workflow");
    let text = "the engine has no workflow `Dreamer`; add it with `.workflow(…)` when the engine is built";
    assert_eq!(unknown.to_string(), text);
    let unknown = engine.start::<Other>(1).await.expect_err("the engine was built without it");
    assert!(matches!(unknown, StartError::UnknownWorkflow(name) if name == "Sleeper"));
    assert!(engine.executions().is_empty());
}

/// Another workflow of the same name.
struct Other;

#[workflow(name = "Sleeper", start = done, timeout = "1h")]
impl Other {
    #[succeed]
    fn done(seconds: u64);
}

#[tokio::test]
async fn two_workflows_of_one_name_are_refused() {
    let error = Engine::builder().workflow(Sleeper::default()).workflow(Other).start().await.expect_err("one name");
    assert!(matches!(error, BuildError::DuplicateWorkflow("Sleeper")));
}

#[tokio::test(start_paused = true)]
async fn the_oldest_ended_executions_are_forgotten() {
    let builder = Engine::builder().workflow(Sleeper::default()).keep_ended(2);
    let engine = builder.start().await.expect("there is one workflow");
    let long = engine.start::<Sleeper>(900).await.expect("the workflow is known");
    let mut ids: Vec<ExecutionId> = vec![long.id().clone()];
    let mut last = None;
    for seconds in [1, 2, 3] {
        let execution = engine.start::<Sleeper>(seconds).await.expect("the workflow is known");
        execution.output().await.expect("it succeeds");
        ids.push(execution.id().clone());
        last.get_or_insert(execution);
    }
    let kept: Vec<_> = engine.executions().iter().map(|execution| execution.id().clone()).collect();
    assert_eq!(kept, [ids[0].clone(), ids[2].clone(), ids[3].clone()], "in the order of their starts");
    assert!(engine.execution(&ids[1]).is_none());
    let handle = last.expect("there were three");
    assert_eq!(handle.output().await, Ok(1), "a handle keeps its own execution");
    assert_eq!(handle.history().len(), 11);
}

#[tokio::test(start_paused = true)]
async fn a_thousand_executions_at_once() {
    let engine = engine(Sleeper::default()).await;
    let begun = Instant::now();
    let mut executions = Vec::new();
    for seconds in 0..1_000 {
        executions.push(engine.start::<Sleeper>(seconds % 100).await.expect("the workflow is known"));
    }
    for (seconds, execution) in (0..1_000).zip(&executions) {
        assert_eq!(execution.output().await, Ok(seconds % 100));
    }
    assert_eq!(begun.elapsed(), Duration::from_secs(10 + 99));
    let expected = types(&executions[0].history());
    assert!(executions.iter().all(|execution| types(&execution.history()) == expected));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn executions_on_many_threads_with_followers_and_cancellations() {
    let workflow = Quick;
    let engine = engine(workflow).await;
    let mut followers = Vec::new();
    for number in 0..500_u64 {
        let execution = engine.start::<Quick>(number).await.expect("the workflow is known");
        followers.push(tokio::spawn(async move {
            let mut follower = execution.follow();
            let mut count = 0;
            while let Some(event) = follower.next().await {
                count += 1;
                assert_eq!(event.id, count);
                if number % 7 == 0 && count == 3 {
                    execution.cancel();
                }
            }
            assert_eq!(count, execution.history().len() as u64);
            execution.output().await
        }));
    }
    for (number, follower) in (0..).zip(followers) {
        match follower.await.expect("no assertion fails") {
            Ok(output) => assert_eq!(output, number),
            Err(error) => assert!(number % 7 == 0, "{number}: {error}"),
        }
    }
}

struct Quick;

#[workflow(start = work, timeout = "1m")]
impl Quick {
    #[task(timeout = "10s", next = more)]
    async fn work(&self, number: u64) -> u64 {
        tokio::task::yield_now().await;
        number
    }

    #[task(timeout = "10s", end)]
    async fn more(&self, number: u64) -> u64 {
        tokio::task::yield_now().await;
        number
    }
}
