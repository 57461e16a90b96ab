//! A workflow that is a branch of itself.

use std::sync::Arc;

use workflow_runtime::prelude::*;

struct Fulfil {
    again: Arc<Fulfil>,
}

#[workflow(start = fulfil, timeout = "1h", output = ())]
impl Fulfil {
    #[parallel(branches(self.again: Fulfil), end = |_| ())]
    fn fulfil(order: String);
}

fn main() {}
