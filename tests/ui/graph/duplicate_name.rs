use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = pack, timeout = "1h")]
impl Shop {
    #[task(timeout = "30s", next = dry)]
    async fn pack(&self, order: String) -> String {
        order
    }

    #[wait("1m", next = weigh)]
    fn dry(order: String);

    #[wait("2m", next = sent)]
    fn dry(order: String);

    #[wait("1m", next = sent, name = "Pack")]
    fn weigh(order: String);

    #[succeed]
    fn sent(order: String);
}

fn main() {}
