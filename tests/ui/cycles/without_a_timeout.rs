use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = pack)]
impl Shop {
    #[task(timeout = "30s", next = weigh)]
    async fn pack(&self, order: String) -> String {
        order
    }

    #[choice]
    fn weigh(order: String) -> Next<Self> {
        if order.is_empty() { dry(order) } else { sent(order) }
    }

    #[wait("1m", next = pack)]
    fn dry(order: String);

    #[succeed]
    fn sent(order: String);
}

fn main() {}
