//! Ways that take longer than the workflow may.
use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = soak, timeout = "1h")]
impl Shop {
    #[wait("30m", next = dry)]
    fn soak(order: String);

    #[wait("40m", next = sent)]
    fn dry(order: String);

    #[succeed]
    fn sent(order: String);
}

struct Depot;

#[workflow(start = weigh, timeout = "1h")]
impl Depot {
    #[choice]
    fn weigh(order: String) -> Next<Self> {
        if order.is_empty() { soak(order) } else { sent(order) }
    }

    #[wait("30m", next = dry)]
    fn soak(order: String);

    #[wait("40m", next = stored)]
    fn dry(order: String);

    #[succeed]
    fn stored(order: String);

    #[succeed]
    fn sent(order: String);
}

fn main() {}
