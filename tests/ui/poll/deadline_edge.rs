use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = track, timeout = "1h")]
impl Shop {
    #[poll(every = "10s", deadline = "20m", timeout = "10s", end, on_deadline = lost)]
    async fn track(&self, parcel: String) -> Poll<u32> {
        Poll::Ready(parcel.len() as u32)
    }

    #[fail(error = "Lost")]
    fn lost(parcel: u32);
}

struct Depot;

#[workflow(start = track, timeout = "1h")]
impl Depot {
    #[poll(every = "10s", deadline = "20m", timeout = "10s", end, on_deadline = |parcel| lost(parcel))]
    async fn track(&self, parcel: String) -> Poll<u32> {
        Poll::Ready(parcel.len() as u32)
    }

    #[fail(error = "Lost")]
    fn lost(parcel: u32);
}

fn main() {}
