use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = pack, timeout = "1h")]
impl Shop {
    #[task(next = sent)]
    async fn pack(&self, order: String) -> String {
        order
    }

    #[succeed]
    fn sent(order: String);
}

fn main() {}
