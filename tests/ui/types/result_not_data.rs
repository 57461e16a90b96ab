use workflow_runtime::prelude::*;

struct Parcel;

struct Shop;

#[workflow(start = pack, timeout = "1h")]
impl Shop {
    #[task(timeout = "30s", next = |_parcel| sent())]
    async fn pack(&self, _order: String) -> Parcel {
        Parcel
    }

    #[succeed]
    fn sent();
}

fn main() {}
