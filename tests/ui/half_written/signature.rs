//! A type that is half typed, and a choice whose body is.

use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = pack, timeout = "1h")]
impl Shop {
    #[task(timeout = "30s", next = weigh)]
    async fn pack(&self, order: String) -> Strin {
        order
    }

    #[choice]
    fn weigh(order: String) -> Next<Self> {
        if order.is_empty() { sent(order) }
    }

    #[succeed]
    fn sent(order: String);
}

fn main() {
    let _: Next<Shop> = Shop::weigh(String::new());
}
