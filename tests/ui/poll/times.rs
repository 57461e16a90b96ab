use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = track, timeout = "30m")]
impl Shop {
    #[poll(every = "10m", deadline = "10m", timeout = "0s", next = weigh, on_deadline = lost)]
    async fn track(&self, parcel: String) -> Poll<String> {
        Poll::Ready(parcel)
    }

    #[poll(every = "1500ms", deadline = "31m", timeout = "10s", end, on_deadline = lost)]
    async fn weigh(&self, parcel: String) -> Poll<String> {
        Poll::Ready(parcel)
    }

    #[fail(error = "Lost")]
    fn lost(parcel: String);
}

struct Native;

#[workflow(native, start = track, timeout = "30m")]
impl Native {
    #[poll(every = "0s", deadline = "100ms", timeout = "10ms", end, on_deadline = lost)]
    async fn track(&self, parcel: String) -> Poll<String> {
        Poll::Ready(parcel)
    }

    #[fail(error = "Lost")]
    fn lost(parcel: String);
}

fn main() {}
