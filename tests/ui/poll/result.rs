use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = track, timeout = "1h")]
impl Shop {
    #[poll(every = "10s", deadline = "20m", timeout = "10s", next = sent, on_deadline = lost)]
    async fn track(&self, parcel: String) -> Option<String> {
        Some(parcel)
    }

    #[succeed]
    fn sent(parcel: String);

    #[fail(error = "Lost")]
    fn lost(parcel: String);
}

struct Depot;

#[workflow(start = track, timeout = "1h")]
impl Depot {
    #[poll(every = "10s", deadline = "20m", timeout = "10s", next = sent, on_deadline = lost)]
    async fn track(&self, parcel: String) -> std::task::Poll<String> {
        std::task::Poll::Ready(parcel)
    }

    #[succeed]
    fn sent(parcel: String);

    #[fail(error = "Lost")]
    fn lost(parcel: String);
}

fn main() {}
