use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = pack, timeout = "1h")]
impl Shop {
    #[task(timeout = "30s", next = wiegh)]
    #[catch(States::Timeout => |failure| unpackked(failure.message()))]
    async fn pack(&self, order: String) -> String {
        order
    }

    #[choice]
    fn weigh(order: String) -> Next<Self> {
        if order.is_empty() { sennt(order) } else { a_state_like_no_other(order) }
    }

    #[succeed]
    fn sent(order: String);

    #[fail(error = "Unpacked")]
    fn unpacked(cause: String) -> String {
        cause
    }
}

fn main() {}
