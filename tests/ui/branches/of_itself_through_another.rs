//! Workflows that are branches of each other.

use std::sync::Arc;

use workflow_runtime::prelude::*;

struct Fulfil {
    pack: Arc<Pack>,
}

#[workflow(start = fulfil, timeout = "1h", output = String)]
impl Fulfil {
    #[parallel(branches(self.pack: Pack), end = |_| String::new())]
    fn fulfil(order: String);
}

struct Pack {
    fulfil: Arc<Fulfil>,
}

#[workflow(start = pack, timeout = "1h", output = String)]
impl Pack {
    #[parallel(branches(self.fulfil: Fulfil), end = |_| String::new())]
    fn pack(order: String);
}

fn main() {}
