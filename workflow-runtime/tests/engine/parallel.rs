//! Branches: what they give, what they are called, and how they are cancelled.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use workflow_runtime::history::EventDetail;
use workflow_runtime::prelude::*;

use crate::{engine, types};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
struct Order {
    name: String,
    amount: u32,
}

#[derive(Debug, thiserror::Error, TaskError)]
enum PackError {
    #[error("there is no box")]
    NoBox,
}

/// What tasks count, and what is done to them.
#[derive(Default)]
struct Counts {
    begun: AtomicUsize,
    given_back: AtomicUsize,
}

impl Counts {
    fn get(&self) -> (usize, usize) {
        (self.begun.load(Ordering::Relaxed), self.given_back.load(Ordering::Relaxed))
    }
}

/// Held by a task for as long as its future lives.
struct Held(Arc<Counts>);

impl Held {
    fn new(counts: &Arc<Counts>) -> Self {
        counts.begun.fetch_add(1, Ordering::Relaxed);
        Held(counts.clone())
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.0.given_back.fetch_add(1, Ordering::Relaxed);
    }
}

/// Never ends by itself: its own timeout does not hold for a branch.
struct Hang {
    counts: Arc<Counts>,
}

#[workflow(start = hang, timeout = "1s")]
impl Hang {
    #[allow_finding(W0312)]
    #[task(timeout = "30d", end)]
    async fn hang(&self, _order: Order) -> String {
        let _held = Held::new(&self.counts);
        std::future::pending().await
    }
}

#[derive(Default)]
struct Pack {
    /// The idempotency keys of its attempts, behind the execution and the state.
    keys: Arc<Mutex<Vec<String>>>,
}

#[workflow(start = weigh, timeout = "1m")]
impl Pack {
    #[wait("5s", next = pack)]
    fn weigh(order: Order);

    #[task(timeout = "10s", next = done)]
    async fn pack(&self, order: Order, context: TaskContext) -> Result<String, PackError> {
        let key = context.idempotency_key();
        let visit = key.rsplit(':').next().expect("a key ends with a visit");
        self.keys.lock().expect("nobody panics").push(visit.to_owned());
        if order.amount == 0 { Err(PackError::NoBox) } else { Ok(format!("{} packed", order.name)) }
    }

    #[succeed]
    fn done(text: String);
}

struct Charge;

#[workflow(start = charge, timeout = "1m")]
impl Charge {
    #[task(timeout = "10s", next = done)]
    async fn charge(&self, amount: u32) -> u32 {
        amount * 2
    }

    #[succeed]
    fn done(amount: u32);
}

struct Fulfil {
    charge: Charge,
    pack: Pack,
}

#[workflow(start = fulfil, timeout = "1h")]
impl Fulfil {
    #[parallel(
        branches(self.charge: Charge = |order| order.amount, self.pack: Pack, self.pack: Pack),
        next = |(amount, text, again)| done((text, amount, again))
    )]
    #[retry(PackError::NoBox, max_attempts = 1)]
    fn fulfil(order: Order);

    #[succeed]
    fn done(all: (String, u32, String));
}

fn fulfil() -> Fulfil {
    Fulfil { charge: Charge, pack: Pack::default() }
}

fn order(amount: u32) -> Order {
    Order { name: "a book".to_owned(), amount }
}

#[tokio::test(start_paused = true)]
async fn branches_give_a_tuple() {
    let output = fulfil().run(order(21)).await;
    assert_eq!(output, Ok(("a book packed".to_owned(), 42, "a book packed".to_owned())));
}

#[tokio::test(start_paused = true)]
async fn history_has_the_names_of_the_export() {
    let engine = engine(fulfil()).await;
    let execution = engine.start::<Fulfil>(order(1)).await.expect("it is there");
    execution.output().await.expect("it succeeds");
    let entered = execution.history().into_iter().filter_map(|event| match event.detail {
        EventDetail::StateEntered { name, .. } => Some(name),
        _ => None,
    });
    let mut entered: Vec<_> = entered.collect();
    entered.sort_unstable();
    let inner = ["Fulfil.Charge.Done", "Fulfil.Pack.Done", "Fulfil.Pack2.Done", "Fulfil.Pack.Pack"];
    let mut names: Vec<_> =
        inner.into_iter().chain(["Fulfil.Pack2.Pack", "Fulfil.Pack.Weigh", "Fulfil.Pack2.Weigh"]).collect();
    names.extend(["Charge", "ChargeInput", "Done", "Fulfil"]);
    names.sort_unstable();
    assert_eq!(entered, names);
    let exported = workflow_model::asl::write(&Fulfil::definition()).expect("it is exported");
    for name in names {
        assert!(exported.contains(&format!("\"{name}\": {{")), "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn keys_are_those_of_the_step_and_the_branch() {
    let fulfil = fulfil();
    let error = fulfil.run(order(0)).await.expect_err("there is no box");
    assert_eq!(error.failure().map(|failure| failure.error.as_str()), Some("PackError.NoBox"));
    // The first branch that fails ends an attempt; the next attempt at the same step has the same key.
    assert_eq!(std::mem::take(&mut *fulfil.pack.keys.lock().expect("nobody panics")), ["1.1.2", "1.1.2"]);

    fulfil.run(order(1)).await.expect("it succeeds");
    assert_eq!(*fulfil.pack.keys.lock().expect("nobody panics"), ["1.1.2", "1.2.2"]);
}

struct Race {
    pack: Pack,
    hang: Hang,
    deep: Deep,
}

/// A branch with branches.
struct Deep {
    hang: Hang,
}

#[workflow(start = both, timeout = "1h")]
impl Deep {
    #[parallel(branches(self.hang: Hang, self.hang: Hang), end)]
    fn both(order: Order);
}

#[workflow(start = race, timeout = "1h")]
impl Race {
    #[parallel(branches(self.hang: Hang, self.pack: Pack, self.deep: Deep), end = |_| String::new())]
    #[retry(PackError::NoBox, interval = "1s", max_attempts = 1)]
    #[catch(States::TaskFailed => |failure| lost(failure.message()))]
    fn race(order: Order);

    #[succeed]
    fn lost(reason: String);
}

fn race() -> (Race, Arc<Counts>) {
    let counts = Arc::<Counts>::default();
    let hang = || Hang { counts: counts.clone() };
    (Race { pack: Pack::default(), hang: hang(), deep: Deep { hang: hang() } }, counts)
}

#[tokio::test(start_paused = true)]
async fn failing_branch_cancels_the_others() {
    let (race, counts) = race();
    let engine = engine(race).await;
    let execution = engine.start::<Race>(order(0)).await.expect("it is there");
    assert_eq!(execution.output().await.as_deref(), Ok("there is no box"));
    // Two attempts, each with a hanging task and two that hang deeper.
    assert_eq!(counts.get(), (6, 6));
    let history = execution.history();
    let failed = history.iter().rposition(|event| matches!(event.detail, EventDetail::TaskFailed { .. }));
    let failed = failed.expect("the branch failed");
    let behind = &history[failed + 1..];
    let expected = [
        "TaskStateAborted",
        "TaskStateAborted",
        "TaskStateAborted",
        "TaskStateAborted",
        "ParallelStateAborted",
        "ParallelStateFailed",
        "ParallelStateExited",
    ];
    assert_eq!(types(behind)[..7], expected);
    let id = history[failed].id;
    assert!(behind[..6].iter().all(|event| event.previous_event_id == id), "all follow from the failure");
    assert_eq!(behind[6].previous_event_id, behind[5].id);
}

#[tokio::test(start_paused = true)]
async fn cancelled_execution_cancels_its_branches() {
    let (race, counts) = race();
    let engine = engine(race).await;
    let execution = engine.start::<Race>(order(1)).await.expect("it is there");
    tokio::time::sleep(Duration::from_secs(20)).await;
    assert_eq!(counts.get(), (3, 0));
    execution.cancel();
    assert!(matches!(execution.output().await, Err(ExecutionError::Aborted(_))));
    assert_eq!(counts.get(), (3, 3));
    let history = execution.history();
    assert_eq!(types(&history).last().map(String::as_str), Some("ExecutionAborted"));
    // As recorded of a state outside of branches: what is cancelled together with its execution is not told of.
    assert!(!types(&history).iter().any(|event| event.ends_with("StateAborted")));
}

#[tokio::test(start_paused = true)]
async fn branches_end_with_the_timeout_of_the_workflow() {
    let (race, counts) = race();
    let begun = tokio::time::Instant::now();
    let engine = engine(race).await;
    let execution = engine.start::<Race>(order(1)).await.expect("it is there");
    assert_eq!(execution.output().await, Err(ExecutionError::TimedOut));
    assert_eq!(begun.elapsed(), Duration::from_secs(3_600));
    assert_eq!(counts.get(), (3, 3));
    assert_eq!(types(&execution.history()).last().map(String::as_str), Some("ExecutionTimedOut"));
}

#[tokio::test(start_paused = true)]
async fn dropped_run_drops_its_branches() {
    let (race, counts) = race();
    let run = tokio::time::timeout(Duration::from_secs(20), race.run(order(1)));
    assert!(run.await.is_err());
    assert_eq!(counts.get(), (3, 3));
}
