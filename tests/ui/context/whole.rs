//! The context object, or more than one part of it, as a value.

use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = pack, timeout = "1h")]
impl Shop {
    #[pass(next = |_| sent(context))]
    fn pack(_order: u32) -> String {
        let execution = context.execution;
        execution.id + "!"
    }

    #[succeed]
    fn sent(id: String);
}

fn main() {}
