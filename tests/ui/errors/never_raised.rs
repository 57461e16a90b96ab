use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = pack, timeout = "1h")]
impl Shop {
    #[task(timeout = "30s", next = sent)]
    #[retry(States::HeartbeatTimeout)]
    #[retry(States::TimeOut)]
    async fn pack(&self, order: String) -> String {
        order
    }

    #[succeed]
    fn sent(order: String);
}

fn main() {}
