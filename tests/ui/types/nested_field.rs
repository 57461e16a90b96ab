use workflow_runtime::prelude::*;

struct Depot;

#[workflow(start = kept, timeout = "1h")]
impl Depot {
    #[succeed]
    fn kept(weight: u32);
}

struct Shop {
    depot: String,
}

#[workflow(start = store, timeout = "1h")]
impl Shop {
    #[nested(self.depot: Depot, timeout = "10m", next = sent)]
    fn store(weight: u32);

    #[succeed]
    fn sent(weight: u32);
}

struct Market {
    depot: Depot,
}

#[workflow(start = store, timeout = "1h")]
impl Market {
    #[nested(self.depot: Depot, timeout = "10m", next = sent)]
    fn store(order: String);

    #[succeed]
    fn sent(weight: u32);
}

fn main() {}
