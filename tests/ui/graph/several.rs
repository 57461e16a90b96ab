//! All that is wrong is said at once, from the top to the bottom.

use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = pack, timeout = "1 hour and a bit")]
impl Shop {
    #[task(timeout = "30s", heartbeat = "40s", next = sentt)]
    #[retry(States::TimeOut, max_attempts = -1)]
    async fn pack(&self, order: String) -> String {
        order
    }

    #[choice]
    fn weigh(self, order: String) -> Next<Self> {
        if order.is_ascii() { sent(order) } else { unpacked(order) }
    }

    #[succeed]
    fn sent(order: String);

    #[fail(eror = "Unpacked")]
    fn unpacked(order: String);
}

fn main() {}
