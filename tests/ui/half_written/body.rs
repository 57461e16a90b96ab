//! A statement that is half typed in the body of a task: nothing else is complained about, and the other methods are there.

use workflow_runtime::prelude::*;

struct Shop {
    price: u32,
}

#[workflow(start = pack, timeout = "1h")]
impl Shop {
    #[task(timeout = "30s", next = weigh)]
    async fn pack(&self, order: String) -> String {
        let price = self.
    }

    #[choice]
    fn weigh(order: String) -> Next<Self> {
        if order.is_empty() { unsent(order) } else { sent(order) }
    }

    #[succeed]
    fn sent(order: String);

    #[fail(error = "Unsent")]
    fn unsent(order: String);

    fn helper(&self) -> u32 {
        self.price
    }
}

fn main() {
    let shop = Shop { price: 1 };
    let _: u32 = shop.helper();
    let _ = shop.pack(String::new());
    let _: Next<Shop> = Shop::weigh(String::new());
    let _: Next<Shop> = Shop::sent(String::new());
    let _ = shop.run(String::new());
}
