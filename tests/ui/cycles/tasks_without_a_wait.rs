//! Advice, which is a warning: it is an error here only for its text to be seen.
#![deny(deprecated)]

use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = pack, timeout = "1h")]
impl Shop {
    #[task(timeout = "30s", next = weigh)]
    async fn pack(&self, order: String) -> String {
        order
    }

    #[choice]
    fn weigh(order: String) -> Next<Self> {
        if order.is_empty() { pack(order) } else { sent(order) }
    }

    #[succeed]
    fn sent(order: String);
}

fn main() {}
