use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = pack, timeout = "1h")]
impl Shop {
    #[task(timeout = "30s", next = |weight| weigh(weight))]
    async fn pack(&self, order: String) -> u32 {
        order.len() as u32
    }

    #[task(timeout = "30s", next = |order| sent(order.len()))]
    async fn weigh(&self, order: String) -> String {
        order
    }

    #[succeed]
    fn sent(order: String);
}

fn main() {}
