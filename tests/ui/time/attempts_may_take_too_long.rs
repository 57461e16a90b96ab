//! Attempts that may together take longer than the workflow: advice.
#![deny(deprecated)]
use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = pack, timeout = "10m")]
impl Shop {
    #[task(timeout = "5m", end)]
    #[retry(States::TaskFailed)]
    async fn pack(&self, order: String) -> String {
        order
    }
}

fn main() {}
