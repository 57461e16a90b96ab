//! Attempts that may together take longer than the workflow: advice.
#![deny(deprecated)]
use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = pack, timeout = "10m")]
impl Shop {
    #[task(timeout = "5m", end)]
    #[retry(States::All)]
    async fn pack(&self, order: String) -> String {
        order
    }
}

struct Depot;

#[workflow(start = pack, timeout = "10m")]
impl Depot {
    #[task(timeout = "15m", end)]
    async fn pack(&self, order: String) -> String {
        order
    }
}

fn main() {}
