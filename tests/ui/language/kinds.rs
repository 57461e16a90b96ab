use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = pack, timeout = "1h")]
impl Shop {
    #[task(timeout = "30s", next = weigh)]
    #[wait("10s", next = weigh)]
    async fn pack(&self, order: String) -> String {
        order
    }

    #[choice]
    #[retry(States::Timeout)]
    fn weigh(order: String) -> Next<Self> {
        if order.is_empty() { unsent(order) } else { sent(order) }
    }

    #[succeed]
    fn sent(order: String);

    #[fail]
    fn unsent(order: String);
}

fn main() {}
