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
        if order.is_empty() { sent(order) } else { dry(order) }
    }

    #[wait("1h", next = look)]
    fn dry(order: String);

    #[task(timeout = "30s", next = dry)]
    async fn look(&self, order: String) -> String {
        order
    }

    #[succeed]
    fn sent(order: String);
}

fn main() {}
