//! A duration behind an option, a missing comma, and a choice that returns something else than where to go.

use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = dry, timeout = "1h")]
impl Shop {
    #[wait(next = look, "10s")]
    fn dry(order: String);

    #[choice]
    fn look(order: String) -> String {
        if order.is_empty() { rest(order) } else { sent(order) }
    }

    #[wait("1m" next = sent)]
    fn rest(order: String);

    #[succeed]
    fn sent(order: String);
}

fn main() {}
