use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = pak, timeout = "1h")]
impl Shop {
    #[task(timeout = "30s", next = sent)]
    async fn pack(&self, order: String) -> String {
        order
    }

    #[succeed]
    fn sent(order: String);
}

struct Quoted;

#[workflow(start = "pack", timeout = "1h")]
impl Quoted {
    #[task(timeout = "30s", end)]
    async fn pack(&self, order: String) -> String {
        order
    }
}

fn main() {}
