//! Advice that does not come needs no allowance, and an error cannot be allowed.
#![deny(deprecated)]

use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = pack, timeout = "1h")]
#[allow_finding(W0202)]
impl Shop {
    #[task(timeout = "30s", next = sent)]
    async fn pack(&self, order: String) -> String {
        order
    }

    #[succeed]
    fn sent(order: String);
}

struct Depot;

#[workflow(start = pack, timeout = "1h")]
impl Depot {
    #[task(timeout = "30s", next = sent)]
    #[allow_finding(W0301, W9999)]
    async fn pack(&self, order: String) -> String {
        order
    }

    #[succeed]
    fn sent(order: String);
}

fn main() {}
