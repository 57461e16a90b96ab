//! Times that the workflow's own timeout leaves no room for.
use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = pack, timeout = "10m")]
impl Shop {
    #[task(timeout = "5m", next = dry)]
    async fn pack(&self, order: String) -> String {
        order
    }

    #[wait("1h", next = weigh)]
    fn dry(order: String);

    #[task(timeout = "30s", next = sent)]
    #[retry(States::TaskFailed, interval = "10s", max_attempts = 8)]
    #[retry(States::Timeout, interval = "10s", max_attempts = 20, backoff_rate = 1.0)]
    async fn weigh(&self, order: String) -> String {
        order
    }

    #[succeed]
    fn sent(order: String);
}

fn main() {}
