use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = pack, timeout = "1h")]
impl Shop {
    #[task(timeout = "30s", next = sent)]
    async fn pack(&self, order: String) -> String {
        let order = std::rc::Rc::new(order);
        weigh(&order).await;
        order.to_string()
    }

    #[succeed]
    fn sent(order: String);
}

async fn weigh(_order: &str) {}

fn main() {}
