use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = pack, timeout = "1h")]
impl Shop {
    #[task(timeout = "30s", next = weigh)]
    async fn pack(&self, order: String) -> u32 {
        order.len() as u32
    }

    #[wait("1m", next = sent)]
    fn weigh(order: String);

    #[succeed]
    fn sent(weight: u32);
}

fn main() {}
