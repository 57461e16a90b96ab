use workflow_runtime::prelude::*;

#[derive(Data)]
struct Order {
    name: String,
}

struct Shop;

#[workflow(start = pack, timeout = "1h")]
impl Shop {
    #[task(timeout = "30s", next = sent)]
    async fn pack(&self, order: Order) -> String {
        order.name
    }

    #[succeed]
    fn sent(order: String);
}

fn main() {}
