//! An option that resembles a known one is taken for it: nothing is said to be missing.

use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = pack, timout = "1h")]
impl Shop {
    #[task(timeot = "30s", nxt = weigh)]
    async fn pack(&self, order: String) -> String {
        order
    }

    #[choice]
    fn weigh(order: String) -> Next<Self> {
        if order.is_empty() { dry(order) } else { unsent(order) }
    }

    #[wait("1h", nex = pack)]
    fn dry(order: String);

    #[fail(eror = "Unsent")]
    fn unsent(order: String);
}

fn main() {}
