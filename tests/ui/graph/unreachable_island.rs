use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = pack, timeout = "1h")]
impl Shop {
    #[task(timeout = "30s", next = sent)]
    async fn pack(&self, order: String) -> String {
        order
    }

    #[wait("1h", next = look)]
    fn dry(order: String);

    #[choice]
    fn look(order: String) -> Next<Self> {
        if order.is_empty() { dry(order) } else { sent(order) }
    }

    #[succeed]
    fn sent(order: String);
}

fn main() {}
