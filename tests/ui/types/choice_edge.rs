use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = weigh, timeout = "1h")]
impl Shop {
    #[choice]
    fn weigh(order: String) -> Next<Self> {
        if order.is_empty() { unsent(order) } else { sent(order) }
    }

    #[succeed]
    fn sent(weight: usize);

    #[fail(error = "Unsent")]
    fn unsent();
}

fn main() {}
