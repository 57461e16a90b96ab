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

#[workflow(start = store, timeout = "1h")]
impl Shop {
    #[nested(self.depot: Depot, request_response, sync, next = |_| load(String::new()))]
    fn store(order: String);

    #[nested(self.depot: Depot, sync = true, next = |_| pack(String::new()))]
    fn load(order: String);

    #[nested(self.depot: Depot, request_respons, next = |_| sent())]
    fn pack(order: String);

    #[succeed]
    fn sent();
}

fn main() {}
