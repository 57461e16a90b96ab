//! States that are named by something else than their names.

use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = Shop::pack, timeout = "1h")]
impl Shop {
    #[task(timeout = "30s", next = "label")]
    #[catch(States::Timeout => Self::unsent)]
    async fn pack(&self, order: String) -> String {
        order
    }

    #[pass(next = self.look)]
    fn label(order: String);

    #[choice]
    fn look(order: String) -> Next<Self> {
        if order.is_empty() { Self::empty() } else { sent(order) }
    }

    #[fail(error = "Unsent")]
    fn unsent(failure: Failure);

    #[pass(sent)]
    fn empty();

    #[succeed]
    fn sent(order: String);
}

struct Depot;

#[workflow(stored, timeout = "1h")]
impl Depot {
    #[succeed]
    fn stored(order: String);
}

fn main() {}
