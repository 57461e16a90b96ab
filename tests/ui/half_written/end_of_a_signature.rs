//! A signature that ends in nothing.

use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = dry, timeout = "1h")]
impl Shop {
    #[wait("10s", next = sent)]
    fn dry(order: String)

    #[succeed]
    fn sent(order: String);
}

fn main() {}
