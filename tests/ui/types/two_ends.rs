use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = weigh, timeout = "1h")]
impl Shop {
    #[choice]
    fn weigh(order: String) -> Next<Self> {
        if order.is_empty() { unsent(0) } else { pack(order) }
    }

    #[task(timeout = "30s", end)]
    async fn pack(&self, order: String) -> String {
        order
    }

    #[succeed]
    fn unsent(code: u32);
}

fn main() {}
