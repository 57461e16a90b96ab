//! A second `#[workflow]`, a second `end`, and a task that returns its future itself.

use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = pack, timeout = "1h")]
#[workflow(start = pack, timeout = "2h")]
impl Shop {
    #[task(timeout = "30s", end, end)]
    async fn pack(&self, order: String) -> String {
        order
    }
}

struct Depot;

#[workflow(start = store, timeout = "1h")]
impl Depot {
    #[task(timeout = "30s", next = stored)]
    fn store(&self, order: String) -> impl std::future::Future<Output = String> {
        async { order }
    }

    /// Found behind a method whose type has an `=` in it.
    #[succeed]
    fn stored(order: String);
}

fn main() {}
