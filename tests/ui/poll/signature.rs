use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = track, timeout = "1h")]
impl Shop {
    #[poll(every = "10s", deadline = "20m", timeout = "10s", next = weigh, on_deadline = lost)]
    fn track(parcel: String) -> Poll<String> {
        Poll::Ready(parcel)
    }

    #[poll(every = "10s", deadline = "20m", timeout = "10s", end, on_deadline = lost)]
    async fn weigh(&self, cx: TaskContext, parcel: String) -> Poll<String>;

    #[fail(error = "Lost")]
    fn lost(parcel: String);
}

fn main() {}
