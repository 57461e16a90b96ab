//! A catcher of a timeout that the state does not have.

use workflow_runtime::prelude::*;

struct Depot;

#[workflow(start = stored, timeout = "1m")]
impl Depot {
    #[succeed]
    fn stored(order: String);
}

struct Shop {
    depot: Depot,
}

#[workflow(start = store, timeout = "1h")]
impl Shop {
    #[nested(self.depot: Depot, next = |_| sent())]
    #[catch(States::Timeout => |_, _| sent())]
    fn store(order: String);

    #[succeed]
    fn sent();
}

fn main() {}
