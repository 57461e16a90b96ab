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
        if order.is_empty() { stamp(order) } else { sent(order) }
    }

    #[pass(next = weigh)]
    fn stamp(order: String);

    #[succeed]
    fn sent(order: String);
}

fn main() {}
