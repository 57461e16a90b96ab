use workflow_runtime::prelude::*;

struct Shop;

#[workflow(timeout = "1h")]
impl Shop {
    #[task(timeout = "30s", next = sent)]
    async fn pack(&self, order: String) -> String {
        order
    }

    #[succeed]
    fn sent(order: String);
}

struct Empty;

#[workflow]
impl Empty {}

fn main() {}
