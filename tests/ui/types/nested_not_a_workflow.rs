use workflow_runtime::prelude::*;

struct Depot;

struct Shop {
    depot: Depot,
}

#[workflow(start = store, timeout = "1h")]
impl Shop {
    #[nested(self.depot: Depot, timeout = "10m", next = |_stored| sent())]
    fn store(order: String);

    #[succeed]
    fn sent();
}

fn main() {}
