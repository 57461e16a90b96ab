use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = pack, timeout = "1h")]
impl Shop {
    #[task(timeout = "30s", next = sent)]
    #[catch(States::Timeout => unsent)]
    async fn pack(&self, order: String) -> String {
        order
    }

    #[succeed]
    fn sent(order: String);

    #[fail(error = "Unsent")]
    fn unsent(order: String) -> String {
        order
    }
}

fn main() {}
