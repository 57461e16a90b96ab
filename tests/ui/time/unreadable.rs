use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = pack, timeout = "1 fortnight")]
impl Shop {
    #[task(timeout = 30, next = dry)]
    #[retry(States::Timeout, interval = SHORT, max_attempts = "three", jitter = some)]
    async fn pack(&self, order: String) -> String {
        order
    }

    #[wait(1500ms, next = weigh)]
    fn dry(order: String);

    #[wait(10, next = sent)]
    fn weigh(order: String);

    #[succeed]
    fn sent(order: String);
}

fn main() {}
