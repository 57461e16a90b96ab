use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = track, timeout = "1h")]
impl Shop {
    #[poll(next = sent)]
    async fn track(&self, parcel: String) -> Poll<String> {
        Poll::Ready(parcel)
    }

    #[succeed]
    fn sent(parcel: String);
}

fn main() {}
