//! Maps: items in order, how many at once, what makes them, and how they are cancelled.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::time::{Instant, sleep};
use workflow_runtime::history::EventDetail;
use workflow_runtime::prelude::*;

use crate::{engine, types};

#[derive(Debug, thiserror::Error, TaskError)]
enum PackError {
    #[error("there is no box")]
    NoBox,
}

/// What is to be done for an item.
#[derive(Clone, Serialize, Deserialize, Data)]
struct Item {
    seconds: u64,
    fails: bool,
}

/// How many tasks are under way, and were at most.
#[derive(Default)]
struct Counts {
    running: AtomicUsize,
    most: AtomicUsize,
    begun: AtomicUsize,
}

struct Running(Arc<Counts>);

impl Running {
    fn new(counts: &Arc<Counts>) -> Self {
        counts.begun.fetch_add(1, Ordering::Relaxed);
        let running = counts.running.fetch_add(1, Ordering::Relaxed) + 1;
        counts.most.fetch_max(running, Ordering::Relaxed);
        Running(counts.clone())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.running.fetch_sub(1, Ordering::Relaxed);
    }
}

#[derive(Default)]
struct Work {
    counts: Arc<Counts>,
}

#[workflow(start = work, timeout = "1m")]
impl Work {
    #[allow_finding(W0312)]
    #[task(timeout = "1d", end)]
    async fn work(&self, item: Item, context: TaskContext) -> Result<String, PackError> {
        let _running = Running::new(&self.counts);
        sleep(Duration::from_secs(item.seconds)).await;
        if item.fails {
            return Err(PackError::NoBox);
        }
        let key = context.idempotency_key();
        Ok(key.rsplit(':').next().unwrap_or_default().to_owned())
    }
}

#[derive(Default)]
struct Batch {
    work: Work,
}

#[workflow(start = batch, timeout = "1h")]
impl Batch {
    #[map(self.work: Work, end)]
    fn batch(items: Vec<Item>);
}

fn item(seconds: u64) -> Item {
    Item { seconds, fails: false }
}

#[tokio::test(start_paused = true)]
async fn results_are_in_the_order_of_the_items() {
    let batch = Batch::default();
    let begun = Instant::now();
    let keys = batch.run((0..100).rev().map(item).collect()).await.expect("it succeeds");
    let expected: Vec<_> = (0..100).map(|index| format!("1.{index}.1")).collect();
    assert_eq!(keys, expected);
    assert_eq!(begun.elapsed(), Duration::from_secs(99));
    assert_eq!(batch.work.counts.most.load(Ordering::Relaxed), 100);
    assert_eq!(batch.run(Vec::new()).await, Ok(Vec::new()));
}

#[derive(Default)]
struct Few {
    work: Work,
}

#[workflow(start = few, timeout = "1h", output = usize)]
impl Few {
    #[map(self.work: Work, max_concurrency = 3, end = |keys| keys.len())]
    fn few(items: Vec<Item>);
}

#[tokio::test(start_paused = true)]
async fn no_more_at_once_than_allowed() {
    let few = Few::default();
    let begun = Instant::now();
    assert_eq!(few.run(vec![item(10); 10]).await, Ok(10));
    assert_eq!(few.work.counts.most.load(Ordering::Relaxed), 3);
    assert_eq!(begun.elapsed(), Duration::from_secs(40));
}

#[derive(Clone, Serialize, Deserialize, Data)]
struct Orders {
    names: Vec<String>,
    shop: String,
}

struct Label;

#[workflow(start = label, timeout = "1m")]
impl Label {
    #[pass(end)]
    fn label(text: String);
}

#[derive(Clone, Serialize, Deserialize, Data)]
struct Numbered {
    name: String,
    shop: String,
    number: usize,
}

struct Print;

#[workflow(start = print, timeout = "1m")]
impl Print {
    #[pass(end)]
    fn print(label: Numbered) -> String {
        format!("{}: {} of {}", label.number, label.name, label.shop)
    }
}

struct Labels {
    print: Print,
}

#[workflow(start = labels, timeout = "1h", output = String)]
impl Labels {
    #[map(
        self.print: Print,
        item_selector = |name, input, index| Numbered { name, shop: input.shop, number: index },
        end = |labels, input| format!("{}: {}", input.shop, labels.join(", "))
    )]
    fn labels(input: Orders) -> Vec<String> {
        input.names
    }
}

#[tokio::test(start_paused = true)]
async fn selector_makes_the_input_of_each_item() {
    let input = Orders { names: vec!["Ada".to_owned(), "Bob".to_owned()], shop: "Books".to_owned() };
    let labels = Labels { print: Print }.run(input).await;
    assert_eq!(labels.as_deref(), Ok("Books: 0: Ada of Books, 1: Bob of Books"));
    let exported = workflow_model::asl::write(&Labels::definition()).expect("it is exported");
    for part in [
        r#""Items": "{% $states.input.names %}""#,
        r#""ItemSelector": {
        "name": "{% $states.context.Map.Item.Value %}",
        "shop": "{% $states.input.shop %}",
        "number": "{% $states.context.Map.Item.Index %}"
      }"#,
        r#""ProcessorConfig": {
          "Mode": "INLINE"
        }"#,
    ] {
        assert!(exported.contains(part), "{part} is not in {exported}");
    }
}

struct Divided {
    label: Label,
}

#[workflow(start = divided, timeout = "1h", output = String)]
impl Divided {
    #[map(
        self.label: Label,
        item_selector = |item| (100 / item).to_string(),
        end = |labels| labels.join(",")
    )]
    #[catch(States::QueryEvaluationError => |failure| failed(failure.error))]
    fn divided(items: Vec<u32>);

    #[pass(end)]
    fn failed(error: String);
}

#[test]
fn selector_that_makes_no_object_is_not_exported() {
    let error = workflow_model::asl::write(&Divided::definition()).expect_err("it makes a text");
    let text = "the closure of `item_selector` of `Divided::divided` has no translation to JSONata: Step Functions takes an object \
                with fixed keys there; let it make a struct whose fields are all written, or let the body make the items as the \
                workflow takes them";
    assert_eq!(error.to_string(), text);
}

#[tokio::test(start_paused = true)]
async fn selector_that_fails_fails_its_item() {
    assert_eq!(Divided { label: Label }.run(vec![1, 2]).await.as_deref(), Ok("100,50"));
    let engine = engine(Divided { label: Label }).await;
    let execution = engine.start::<Divided>(vec![1, 0, 2]).await.expect("it is there");
    assert_eq!(execution.output().await.as_deref(), Ok("States.QueryEvaluationError"));
    let failed = execution.history().into_iter().find_map(|event| match event.detail {
        EventDetail::EvaluationFailed { state, location, .. } => Some((state, location)),
        _ => None,
    });
    assert_eq!(failed, Some(("Divided", "ItemSelector")));
    let types = types(&execution.history());
    assert!(types.contains(&"MapStateFailed".to_owned()), "{types:?}");
}

#[derive(Default)]
struct Retried {
    work: Work,
}

#[workflow(start = retried, timeout = "1h", output = String)]
impl Retried {
    #[map(self.work: Work, max_concurrency = 2, end = |keys| keys.join(","))]
    #[retry(PackError::NoBox, interval = "1s", max_attempts = 1)]
    #[catch(States::TaskFailed => |failure| lost(failure.message()))]
    fn retried(items: Vec<Item>);

    #[pass(end)]
    fn lost(message: String);
}

#[tokio::test(start_paused = true)]
async fn failing_item_cancels_the_others() {
    let retried = Retried::default();
    let counts = retried.work.counts.clone();
    let engine = engine(retried).await;
    let items = vec![item(500), Item { seconds: 5, fails: true }, item(1)];
    let begun = Instant::now();
    let execution = engine.start::<Retried>(items).await.expect("it is there");
    assert_eq!(execution.output().await.as_deref(), Ok("there is no box"));
    assert_eq!(begun.elapsed(), Duration::from_secs(11));
    // Two items at once in two attempts; the third item never began.
    assert_eq!(counts.begun.load(Ordering::Relaxed), 4);
    assert_eq!(counts.running.load(Ordering::Relaxed), 0);
    let types = types(&execution.history());
    let failed = types.iter().rposition(|event| event == "TaskFailed").expect("an item failed");
    let expected =
        ["MapIterationFailed", "TaskStateAborted", "MapIterationAborted", "TaskStateAborted", "MapStateFailed"];
    assert_eq!(types[failed + 1..failed + 6], expected);
}

#[tokio::test(start_paused = true)]
async fn cancelled_execution_cancels_its_items() {
    let batch = Batch::default();
    let counts = batch.work.counts.clone();
    let engine = engine(batch).await;
    let execution = engine.start::<Batch>(vec![item(5_000); 50]).await.expect("it is there");
    sleep(Duration::from_secs(1)).await;
    assert_eq!(counts.running.load(Ordering::Relaxed), 50);
    execution.cancel();
    assert!(matches!(execution.output().await, Err(ExecutionError::Aborted(_))));
    assert_eq!(counts.running.load(Ordering::Relaxed), 0);
}

#[derive(Default)]
struct Executions {
    work: Work,
}

#[workflow(start = executions, timeout = "1h", output = usize)]
impl Executions {
    #[map(nested(self.work: Work), end = |keys| keys.len())]
    fn executions(items: Vec<Item>);
}

#[tokio::test(start_paused = true)]
async fn items_may_be_executions_of_their_own() {
    let executions = Executions::default();
    let counts = executions.work.counts.clone();
    let engine = engine(executions).await;
    let execution = engine.start::<Executions>(vec![item(10); 20]).await.expect("it is there");
    assert_eq!(execution.output().await, Ok(20));
    assert_eq!(counts.most.load(Ordering::Relaxed), 20);
    let children = engine.executions().iter().filter(|child| child.parent() == Some(execution.id())).count();
    assert_eq!(children, 20);
    let history = execution.history();
    let names = history.iter().filter_map(|event| match event.detail {
        EventDetail::StateEntered { name, .. } => Some(name),
        _ => None,
    });
    assert_eq!(names.collect::<Vec<_>>(), [vec!["Executions"], vec!["WorkExecution"; 20]].concat());
    let exported = workflow_model::asl::write(&Executions::definition()).expect("it is exported");
    assert!(exported.contains(r#""StartAt": "WorkExecution""#), "{exported}");
    assert!(exported.contains(r#""StateMachineArn": "${WorkStateMachineArn}""#), "{exported}");

    // The timeout of a nested execution holds, as it is one of its own.
    let failed = engine.start::<Executions>(vec![item(100)]).await.expect("it is there");
    let failure = failed.output().await.expect_err("it takes longer than a minute");
    assert_eq!(failure.failure().map(|failure| failure.error.as_str()), Some("States.TaskFailed"));
}
