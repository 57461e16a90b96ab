use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = pack, timout = "1h")]
impl Shop {
    #[task(timeout = "30s", heartbeet = "10s", next = dry)]
    #[retry(States::Timeout, attempts = 3)]
    async fn pack(&self, order: String, _cx: TaskContext) -> String {
        order
    }

    #[wait("1h", next = sent, timeout = "2h", next = sent)]
    fn dry(order: String);

    #[succeed(error = "Sent")]
    fn sent(order: String);
}

fn main() {}
