use workflow_runtime::prelude::*;

#[derive(Debug)]
struct Torn;

struct Shop;

#[workflow(start = pack, timeout = "1h")]
impl Shop {
    #[task(timeout = "30s", next = sent)]
    async fn pack(&self, order: String) -> Result<String, Torn> {
        if order.is_empty() { Ok(order) } else { Err(Torn) }
    }

    #[succeed]
    fn sent(order: String);
}

fn main() {}
