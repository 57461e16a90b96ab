use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = pack, timeout = "1h")]
impl Shop {
    #[task(timeout = "30s", next = weigh)]
    async fn pack(&mut self, order: String) -> String {
        order
    }

    #[task(timeout = "30s", next = stamp)]
    async fn weigh(order: String) -> String {
        order
    }

    #[task(timeout = "30s", next = label)]
    fn stamp(&self, order: String) -> String {
        order
    }

    #[task(timeout = "30s", next = store)]
    async fn label(&self, order: String, weight: u32) -> String {
        format!("{order} {weight}")
    }

    #[task(timeout = "30s", next = load)]
    async fn store(&self, order: &str) -> String {
        order.to_owned()
    }

    #[task(timeout = "30s", next = ship)]
    async fn load(&self, order: String) -> String;

    #[task(timeout = "30s", next = sent)]
    async fn ship(&self, cx: TaskContext, order: String) -> String {
        cx.heartbeat();
        order
    }

    #[succeed]
    fn sent(order: String);
}

fn main() {}
