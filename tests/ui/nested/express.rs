use workflow_runtime::prelude::*;

#[derive(Clone)]
struct Depot;

#[workflow(start = stored, timeout = "1m")]
impl Depot {
    #[succeed]
    fn stored(order: String);
}

struct Shop {
    depot: Depot,
}

#[workflow(start = store, express, timeout = "5m")]
impl Shop {
    #[nested(self.depot: Depot, sync, next = |_| sent())]
    fn store(order: String);

    #[succeed]
    fn sent();
}

fn main() {}
