use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = track, timeout = "1h")]
impl Shop {
    #[poll(every = "10s", deadline = "20m", timeout = "10s", next = track_wait, on_deadline = lost)]
    async fn track(&self, parcel: String) -> Poll<String> {
        Poll::Ready(parcel)
    }

    #[wait("10s", next = parcels)]
    fn track_wait(parcel: String);

    #[poll(
        name = "A name that has fewer than eighty characters, to which the loop adds one word more",
        every = "10s",
        deadline = "20m",
        timeout = "10s",
        end,
        on_deadline = lost
    )]
    async fn parcels(&self, parcel: String) -> Poll<String> {
        Poll::Ready(parcel)
    }

    #[fail(error = "Lost")]
    fn lost(parcel: String);
}

fn main() {}
