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

#[workflow(start = store, timeout = "1h")]
impl Shop {
    #[nested(self.depot: Depot, request_response, next = |_| sent())]
    fn store(order: String);

    #[succeed]
    fn sent();
}

fn main() {}
