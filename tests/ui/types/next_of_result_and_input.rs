use workflow_runtime::prelude::*;

#[derive(serde::Serialize, serde::Deserialize, Data)]
struct Order {
    name: String,
}

struct Shop;

#[workflow(start = weigh, timeout = "1h")]
impl Shop {
    #[task(timeout = "30s", next = |weight, order| sent(format!("{}: {weight}", order.name)))]
    async fn weigh(&self, order: Order) -> u32 {
        order.name.len() as u32
    }

    #[wait("1m", next = |note, order| told(order))]
    fn sent(note: String);

    #[succeed]
    fn told(note: String);
}

fn main() {}
