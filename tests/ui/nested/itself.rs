//! Workflows that nest themselves: always, and with an end whose type is what that end's type is.

use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = pack, timeout = "1h")]
impl Shop {
    #[task(timeout = "30s", next = pack_the_rest)]
    async fn pack(&self, orders: Vec<String>) -> Vec<String> {
        orders
    }

    #[nested(self: Self, timeout = "10m", next = sent)]
    fn pack_the_rest(orders: Vec<String>);

    #[succeed]
    fn sent(orders: Vec<String>);
}

struct Depot;

#[workflow(start = look, timeout = "1h")]
impl Depot {
    #[choice]
    fn look(orders: Vec<String>) -> Next<Self> {
        if orders.is_empty() { empty(orders) } else { store(orders) }
    }

    #[nested(self: Depot, timeout = "10m", end)]
    fn store(orders: Vec<String>);

    #[pass(end = |orders| orders.len())]
    fn empty(orders: Vec<String>);
}

fn main() {}
