//! The attempts of states that make none, or have not made any yet.

use workflow_runtime::prelude::*;

struct Child;

#[workflow(start = done, timeout = "1m")]
impl Child {
    #[succeed]
    fn done(attempts: u32);
}

struct Shop {
    child: Child,
}

#[workflow(start = pack, timeout = "1h")]
impl Shop {
    #[pass(next = send)]
    fn pack(order: u32) -> u32 {
        order + context.state.retry_count
    }

    #[nested(self.child: Child, end)]
    fn send(order: u32) -> u32 {
        order + context.state.retry_count
    }
}

fn main() {}
