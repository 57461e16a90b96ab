use workflow_runtime::prelude::*;

struct Depot;

#[workflow(start = stored, timeout = "1m")]
impl Depot {
    #[succeed]
    fn stored(order: String);
}

struct Shop {
    depot: Depot,
}

#[workflow(express, start = store, timeout = "5m")]
impl Shop {
    #[nested(self.depot: Depot, timeout = "2m", next = sent)]
    fn store(order: String);

    #[succeed]
    fn sent(order: String);
}

fn main() {}
