use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = pack, timeout = "1h")]
impl Shop {
    #[task(timeout = "30s", next = weigh)]
    #[retry(States::All)]
    #[retry(States::Timeout)]
    async fn pack(&self, order: String) -> String {
        order
    }

    #[task(timeout = "30s", next = sent)]
    #[retry(States::Timeout)]
    #[retry(States::Timeout, max_attempts = 5)]
    #[catch(States::All | States::Timeout => |_failure, order| sent(order))]
    async fn weigh(&self, order: String) -> String {
        order
    }

    #[succeed]
    fn sent(order: String);
}

fn main() {}
