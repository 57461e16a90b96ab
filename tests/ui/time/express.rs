use workflow_runtime::prelude::*;

struct Shop;

#[workflow(express, start = pack, timeout = "6m")]
impl Shop {
    #[task(timeout = "30s", end)]
    async fn pack(&self, order: String) -> String {
        order
    }
}

struct Depot;

#[workflow(express, start = track)]
impl Depot {
    #[poll(every = "10s", deadline = "10m", timeout = "5s", end, on_deadline = lost)]
    async fn track(&self, parcel: String) -> Poll<String> {
        Poll::Ready(parcel)
    }

    #[fail(error = "Lost")]
    fn lost(parcel: String);
}

fn main() {}
