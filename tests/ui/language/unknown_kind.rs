use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = pack, timeout = "1h")]
impl Shop {
    #[tsak(timeout = "30s", next = dry)]
    async fn pack(&self, order: String) -> String {
        order
    }

    #[sleep("1m", next = weigh)]
    fn dry(order: String);

    #[choise]
    fn weigh(order: String) -> Next<Self> {
        if order.is_empty() { look(order) } else { sent(order) }
    }

    /// It was forgotten to say what this is.
    fn look(order: String);

    #[retry(States::Timeout)]
    async fn label(&self, order: String) -> String {
        order
    }

    #[retry(States::Timeout)]
    #[taks(timeout = "30s", next = sent)]
    async fn stamp(&self, order: String) -> String {
        order
    }

    #[succed]
    fn sent(order: String);

    /// No state, and nothing of ours.
    #[inline]
    fn total(&self) -> u32 {
        7
    }
}

fn main() {}
