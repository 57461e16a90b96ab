use workflow_runtime::prelude::*;

#[derive(Clone, Default, serde::Serialize, serde::Deserialize, Data)]
struct Progress {
    looks: u32,
}

struct Shop;

#[workflow(start = track, timeout = "1h", variables = Progress)]
impl Shop {
    #[poll(every = "10s", deadline = "20m", timeout = "10s", next = count, on_deadline = lost)]
    #[assign(looks = vars.looks + 1)]
    async fn track(&self, parcel: String) -> Poll<String> {
        Poll::Ready(parcel)
    }

    #[pass(end)]
    fn count(parcel: String);

    #[fail(error = "Lost")]
    fn lost(parcel: String);
}

fn main() {}
