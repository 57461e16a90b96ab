use workflow_runtime::prelude::*;

struct Shop<'a> {
    name: &'a str,
}

#[workflow(start = pack, timeout = "1h")]
impl<'a> Shop<'a> {
    #[task(timeout = "30s", next = sent)]
    async fn pack(&self, order: String) -> String {
        format!("{order} {}", self.name)
    }

    #[succeed]
    fn sent(order: String);
}

struct Depot;

#[workflow(start = store, timeout = "1h")]
impl Depot {
    #[task(timeout = "30s", next = stored)]
    #[cfg(debug_assertions)]
    async fn store<T>(&self, order: String) -> String {
        order
    }

    #[succeed]
    fn stored(order: String);
}

fn main() {}
