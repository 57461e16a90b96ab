//! A nested workflow whose timeout is beyond its parent's, and one that takes longer than it is given.
use workflow_runtime::prelude::*;

struct Depot;

#[workflow(start = dry, timeout = "2h")]
impl Depot {
    #[wait("20m", next = stored)]
    fn dry(order: String);

    #[succeed]
    fn stored(order: String);
}

struct Shop {
    depot: Depot,
}

#[workflow(start = store, timeout = "1h")]
impl Shop {
    #[nested(self.depot: Depot, next = store_quickly)]
    fn store(order: String);

    #[nested(self.depot: Depot, timeout = "10m", next = sent)]
    fn store_quickly(order: String);

    #[succeed]
    fn sent(order: String);
}

fn main() {}
