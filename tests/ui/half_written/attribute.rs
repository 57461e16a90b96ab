//! Attributes that are half typed: each is one error, and the methods can be called.

use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = pack, timeout = "1h")]
impl Shop {
    #[task(timeout = "30s", next = )]
    async fn pack(&self, order: String) -> String {
        order
    }

    #[task(timeout = "30s", next = wei)]
    async fn label(&self, order: String) -> String {
        order
    }

    #[task(timeout = "30s", next)]
    #[retry()]
    async fn weigh(&self, order: String) -> String {
        order
    }

    #[task(timeout = "30s", next = sent)]
    #[retry(States::)]
    #[catch(States::Timeout)]
    async fn stamp(&self, order: String) -> String {
        order
    }

    #[task(timeout = "30s", next = sent)]
    #[catch(States::Timeout => )]
    #[retry(States::Timeout, max_att)]
    async fn load(&self, order: String) -> String {
        order
    }

    #[wait("10s", nex)]
    fn dry(order: String);

    #[wait()]
    fn cool(order: String);

    #[nested(self.)]
    fn store(order: String);

    #[choice]
    fn choose(order: String) -> Next<Self> {
        if order.is_empty() { se } else { sent(order) }
    }

    #[succeed]
    fn sent(order: String);
}

fn main() {
    let _ = Shop.pack(String::new());
    let _ = Shop.weigh(String::new());
    let _ = Shop.stamp(String::new());
    let _ = Shop.load(String::new());
    let _: Next<Shop> = Shop::dry(String::new());
    let _: Next<Shop> = Shop::choose(String::new());
    let _: Next<Shop> = Shop::store(String::new());
    let _ = Shop.run(String::new());
}
