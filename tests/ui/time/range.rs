use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = pack, timeout = "400d")]
impl Shop {
    #[task(timeout = "0s", next = dry)]
    #[retry(States::Timeout, interval = "0s", max_attempts = 100_000_000, backoff_rate = 0.5, max_delay = "366d 1s")]
    async fn pack(&self, order: String) -> String {
        order
    }

    #[wait("1500ms", next = sent)]
    fn dry(order: String);

    #[succeed]
    fn sent(order: String);
}

fn main() {}
