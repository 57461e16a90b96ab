//! A workflow with a bit of everything, and a witness of what its tasks do.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

/// What the world sees of the tasks: the key and the number of each attempt.
#[derive(Clone, Debug, Default)]
pub(crate) struct Witness(Arc<Mutex<Vec<(String, u32)>>>);

impl Witness {
    pub(crate) fn saw(&self, cx: &TaskContext) {
        self.0.lock().expect("nobody panics").push((cx.idempotency_key(), cx.attempt()));
    }

    /// How often each step was tried.
    pub(crate) fn attempts(&self) -> BTreeMap<String, Vec<u32>> {
        let mut attempts: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (key, attempt) in self.0.lock().expect("nobody panics").iter() {
            attempts.entry(key.clone()).or_default().push(*attempt);
        }
        attempts
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
pub(crate) struct Order {
    pub(crate) items: Vec<u32>,
    pub(crate) weight: u32,
}

#[derive(Debug, thiserror::Error, TaskError)]
pub(crate) enum ShopError {
    #[error("try again")]
    Busy,
}

/// What is done with each item.
#[derive(Clone)]
pub(crate) struct Pack {
    pub(crate) witness: Witness,
}

#[workflow(start = fetch, timeout = "1d")]
impl Pack {
    #[task(timeout = "1m", next = cool)]
    async fn fetch(&self, item: u32, cx: TaskContext) -> u32 {
        self.witness.saw(&cx);
        tokio::time::sleep(std::time::Duration::from_secs(u64::from(item % 3))).await;
        item * 10
    }

    #[wait("3s", next = wrap)]
    fn cool(item: u32);

    #[task(timeout = "1m", end)]
    async fn wrap(&self, item: u32, cx: TaskContext) -> u32 {
        self.witness.saw(&cx);
        item + 1
    }
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Data)]
pub(crate) struct Count {
    pub(crate) rounds: u32,
}

/// Polls a little, counting in a variable.
#[derive(Clone)]
pub(crate) struct Weigh {
    pub(crate) witness: Witness,
}

#[workflow(start = ask, timeout = "10m", variables = Count)]
impl Weigh {
    #[poll(every = "2s", deadline = "1m", timeout = "10s", next = rest, on_deadline = |weight| gave_up(weight))]
    async fn ask(&self, weight: u32, cx: TaskContext) -> Poll<u32> {
        self.witness.saw(&cx);
        if cx.poll_count() < 3 { Poll::Pending } else { Poll::Ready(weight + cx.poll_count()) }
    }

    #[wait("5s", next = again)]
    #[assign(rounds = vars.rounds + 1)]
    fn rest(weight: u32);

    #[choice]
    fn again(weight: u32) -> Next<Self> {
        if vars.rounds < 2 { ask(weight) } else { done(weight + vars.rounds) }
    }

    #[succeed]
    fn done(weight: u32);

    #[fail(error = "GaveUp")]
    fn gave_up(weight: u32) -> String {
        format!("{weight}")
    }
}

/// All of it.
pub(crate) struct Shop {
    pub(crate) witness: Witness,
    pub(crate) pack: Pack,
    pub(crate) weigh: Weigh,
}

impl Shop {
    pub(crate) fn new(witness: &Witness) -> Self {
        let witness = witness.clone();
        Shop { pack: Pack { witness: witness.clone() }, weigh: Weigh { witness: witness.clone() }, witness }
    }
}

#[workflow(start = accept, timeout = "2d")]
impl Shop {
    #[task(timeout = "1m", next = pack_all)]
    #[retry(ShopError::Busy, interval = "4s", max_attempts = 3)]
    async fn accept(&self, order: Order, cx: TaskContext) -> Result<Order, ShopError> {
        self.witness.saw(&cx);
        if cx.retry_count() < 2 { Err(ShopError::Busy) } else { Ok(order) }
    }

    #[map(self.pack: Pack, max_concurrency = 2, next = |packed, order| weigh_both(Order { items: packed, weight: order.weight }))]
    fn pack_all(order: Order) -> Vec<u32> {
        order.items
    }

    #[parallel(branches(self.weigh: Weigh, self.weigh: Weigh), next = |weights, order| weigh_alone(Order { items: order.items, weight: weights.0 + weights.1 }))]
    fn weigh_both(order: Order) -> u32 {
        order.weight
    }

    #[nested(self.weigh: Weigh, next = |weight, order| late(Order { items: order.items, weight: weight }))]
    fn weigh_alone(order: Order) -> u32 {
        order.weight
    }

    #[wait("2h", next = send)]
    fn late(order: Order);

    #[task(timeout = "1m", end)]
    async fn send(&self, order: Order, cx: TaskContext) -> Order {
        self.witness.saw(&cx);
        Order { weight: order.weight + 1000, ..order }
    }
}
