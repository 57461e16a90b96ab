use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = pack, timeout = "1h")]
impl Shop {
    #[task(timeout = "30s", heartbeat = "30s", next = weigh)]
    async fn pack(&self, order: String, _cx: TaskContext) -> String {
        order
    }

    #[task(timeout = "30s", heartbeat = "10s", next = sent)]
    async fn weigh(&self, order: String) -> String {
        order
    }

    #[succeed]
    fn sent(order: String);
}

fn main() {}
