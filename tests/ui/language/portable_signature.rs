use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = weigh, timeout = "1h")]
impl Shop {
    #[choice]
    async fn weigh(order: String) -> Next<Self> {
        if order.is_empty() { label(order) } else if order == "a" { load(order) } else { stamp(order) }
    }

    #[pass(next = sent)]
    fn label(&self, order: String) -> String {
        order
    }

    #[pass(next = store)]
    fn stamp(order: String) {
        order
    }

    #[wait("10s", next = sent)]
    fn store(order: String) {
        order
    }

    #[choice]
    fn load(order: String) -> Next<Self>;

    #[succeed]
    fn sent(order: String) {
        order
    }
}

fn main() {}
