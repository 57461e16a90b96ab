use workflow_runtime::prelude::*;

struct Shop {
    sent: std::cell::Cell<u32>,
}

#[workflow(start = pack, timeout = "1h")]
impl Shop {
    #[task(timeout = "30s", next = sent)]
    async fn pack(&self, order: String) -> String {
        self.sent.set(self.sent.get() + 1);
        order
    }

    #[succeed]
    fn sent(order: String);
}

fn main() {}
