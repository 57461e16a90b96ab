use workflow_runtime::prelude::*;

#[derive(Clone)]
struct Parcel {
    number: u32,
}

struct Shop;

#[workflow(start = track, timeout = "1h")]
impl Shop {
    #[poll(every = "10s", deadline = "20m", timeout = "10s", end, on_deadline = lost)]
    async fn track(&self, parcel: Parcel) -> Poll<u32> {
        Poll::Ready(parcel.number)
    }

    #[fail(error = "Lost")]
    fn lost(parcel: Parcel);
}

fn main() {}
