//! An attribute of the block that is half typed.

use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = , timeout = "1h")]
impl Shop {
    #[task(timeout = "30s", next = sent)]
    async fn pack(&self, order: String) -> String {
        order
    }

    #[succeed]
    fn sent(order: String);
}

struct Depot;

#[workflow(start = pack, time)]
impl Depot {
    #[task(timeout = "30s", next = sent)]
    async fn pack(&self, order: String) -> String {
        order
    }

    #[succeed]
    fn sent(order: String);
}

fn main() {
    let _ = Shop.pack(String::new());
    let _ = Shop.run(String::new());
    let _ = Depot.pack(String::new());
}
