use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = pack, timeout = "1h")]
impl Shop {
    #[task(timeout = "30s", next = dry)]
    async fn pack(&self, order: String) -> String {
        order
    }

    #[wait("1h")]
    fn dry(order: String);

    #[succeed]
    fn sent(order: String);
}

fn main() {}
