//! An engine that is gone from one moment to the next, at each commit that there is.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use workflow_runtime::history::Event;
use workflow_runtime::store::{
    Events, Filter, Memory, Removal, Removed, Step, Store, StoreError, StoredExecution, Timer, Tree,
};
use workflow_runtime::{Engine, ExecutionError, Status};

use crate::workload::{Order, Shop, Witness};

/// A store whose process dies at some commit: before it, or behind it and before anybody hears of it.
#[derive(Clone)]
pub(crate) struct Mortal {
    pub(crate) memory: Memory,
    /// How many commits it lives to see.
    pub(crate) left: Arc<AtomicU64>,
    pub(crate) writes_last: bool,
}

impl Store for Mortal {
    fn commit(&self, steps: &[Step]) -> Result<(), StoreError> {
        let left = self.left.load(Ordering::Relaxed);
        if left == 0 {
            return Err(StoreError::new("the process is gone"));
        }
        self.left.store(left - 1, Ordering::Relaxed);
        if left == 1 {
            if self.writes_last {
                self.memory.commit(steps)?;
            }
            return Err(StoreError::new("the process is gone"));
        }
        self.memory.commit(steps)
    }

    fn secret(&self) -> Result<u128, StoreError> {
        self.memory.secret()
    }

    fn last(&self) -> Result<(u64, u64), StoreError> {
        self.memory.last()
    }

    fn find(&self, workflow: &str, name: &str) -> Result<Option<StoredExecution>, StoreError> {
        self.memory.find(workflow, name)
    }

    fn execution(&self, number: u64) -> Result<Option<StoredExecution>, StoreError> {
        self.memory.execution(number)
    }

    fn list(&self, filter: &Filter) -> Result<Vec<StoredExecution>, StoreError> {
        self.memory.list(filter)
    }

    fn unfinished(&self) -> Result<Vec<u64>, StoreError> {
        self.memory.unfinished()
    }

    fn due(&self, until: SystemTime, limit: usize) -> Result<Vec<Timer>, StoreError> {
        self.memory.due(until, limit)
    }

    fn next_due(&self, after: SystemTime) -> Result<Option<SystemTime>, StoreError> {
        self.memory.next_due(after)
    }

    fn tree(&self, number: u64) -> Result<Option<Tree>, StoreError> {
        self.memory.tree(number)
    }

    fn remove(&self, removal: &Removal) -> Result<Vec<Removed>, StoreError> {
        self.memory.remove(removal)
    }

    fn history(&self, number: u64, from: u64) -> Result<Vec<Events>, StoreError> {
        self.memory.history(number, from)
    }
}

impl fmt::Debug for Mortal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mortal")
    }
}

fn order() -> Order {
    Order { items: vec![1, 2, 3], weight: 7 }
}

async fn engine(store: impl Store, witness: &Witness) -> Engine {
    Engine::builder().workflow(Shop::new(witness)).store(store).start().await.expect("the store can be read")
}

/// What an execution comes to that nothing disturbs, its history, and how many commits it takes.
async fn undisturbed() -> (Order, Vec<String>, u64) {
    let (memory, witness) = (Memory::new(), Witness::default());
    let left = Arc::new(AtomicU64::new(u64::MAX));
    let store = Mortal { memory, left: left.clone(), writes_last: false };
    let engine = engine(store, &witness).await;
    let execution = engine.start_named::<Shop>("order-1", order()).await.expect("it starts");
    let output = execution.output().await.expect("it succeeds");
    let attempts = witness.attempts();
    assert!(
        attempts.values().all(|attempts| (1..).zip(attempts).all(|(number, attempt)| number == *attempt)),
        "{attempts:?}"
    );
    (output, history(&execution.history()), u64::MAX - left.load(Ordering::Relaxed))
}

/// Which events follow from which. Their order is that of the branches' times, which a crash may change.
fn history(events: &[Event]) -> Vec<String> {
    let kind = |id: u64| match usize::try_from(id).ok().and_then(|id| id.checked_sub(1)) {
        Some(index) => events[index].detail.event_type(),
        None => "nothing".to_owned(),
    };
    let ids: Vec<_> = events.iter().map(|event| event.id).collect();
    assert!(ids.iter().copied().eq(1..=events.len() as u64), "{ids:?}");
    let mut lines: Vec<_> =
        events.iter().map(|event| format!("{} <- {}", kind(event.id), kind(event.previous_event_id))).collect();
    lines.sort();
    lines
}

/// Lives through as many engines as it takes, the first of which dies at its `commits`th commit, and each other one `then` later.
async fn survive(commits: u64, then: u64, writes_last: bool) {
    let (expected, events, _) = undisturbed().await;
    let (memory, witness) = (Memory::new(), Witness::default());
    let mut lives = 0;
    let (output, shown) = loop {
        let left = if lives == 0 { commits } else { then };
        let store = Mortal { memory: memory.clone(), left: Arc::new(AtomicU64::new(left)), writes_last };
        lives += 1;
        assert!(lives < 500, "it gets nowhere");
        let engine = engine(store, &witness).await;
        assert_eq!(engine.stranded(), []);
        let Ok(execution) = engine.start_named::<Shop>("order-1", order()).await else { continue };
        match execution.output().await {
            Ok(output) => break (output, history(&execution.history())),
            Err(ExecutionError::Suspended) => {}
            Err(error) => panic!("after {commits} commits: {error}"),
        }
    };
    assert_eq!(output, expected, "after {commits} commits");
    let differ: Vec<_> = shown.iter().zip(&events).filter(|(shown, expected)| shown != expected).take(3).collect();
    assert!(differ.is_empty() && shown.len() == events.len(), "after {commits} commits: {differ:?}");
    let stored = memory.list(&Filter::default()).expect("it can be read");
    assert!(stored.iter().all(|execution| execution.status == Status::Succeeded), "{stored:?}");
    assert_eq!(stored.len(), 2, "one, and one nested");
    let attempts = witness.attempts();
    for (key, attempts) in &attempts {
        assert!(
            attempts.windows(2).all(|pair| pair[0] < pair[1]),
            "each attempt has a number of its own: {key}: {attempts:?}"
        );
    }
    // At most two tasks are under way at a time, and only those run again.
    let (tried, once) = (attempts.values().flatten().count(), 1 + 3 * 2 + 3 * 8 + 1 + 2);
    assert!(tried <= once + 2 * (lives - 1), "after {commits} commits: {tried} attempts in {lives} lives");
    // Three attempts of the first task, two tasks for each of three items, three times two visits of a poll, and the last one.
    assert_eq!(attempts.len(), 1 + 3 * 2 + 3 * 8 + 1);
}

#[tokio::test(start_paused = true)]
async fn an_execution_survives_a_crash_at_any_commit() {
    let (_, _, commits) = undisturbed().await;
    assert!(commits > 40, "{commits}");
    for at in 1..=commits {
        survive(at, u64::MAX, false).await;
        survive(at, u64::MAX, true).await;
    }
}

#[tokio::test(start_paused = true)]
async fn an_execution_survives_crash_after_crash() {
    for then in 8..20 {
        survive(then, then, false).await;
        survive(then, then, true).await;
    }
}
