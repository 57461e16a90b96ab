use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = track, timeout = "1h")]
impl Shop {
    #[poll(every = "10s", deadline = "20m", timeout = "10s", heartbeat = "2s", end, on_deadline = lots)]
    async fn track(&self, parcel: String) -> Poll<String> {
        Poll::Ready(parcel)
    }

    #[fail(error = "Lost")]
    fn lost(parcel: String);
}

struct Depot;

#[workflow(start = track, timeout = "1h")]
impl Depot {
    #[poll(every = 10, deadline = "20m", timeout = "10s", end, on_deadline = "lost")]
    async fn track(&self, parcel: String) -> Poll<String> {
        Poll::Ready(parcel)
    }

    #[fail(error = "Lost")]
    fn lost(parcel: String);
}

fn main() {}
