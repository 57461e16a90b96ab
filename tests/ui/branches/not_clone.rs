//! The input of several branches, which cannot be copied.

use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

#[derive(Serialize, Deserialize, Data)]
struct Order {
    name: String,
}

struct Pack;

#[workflow(start = pack, timeout = "1m")]
impl Pack {
    #[pass(end)]
    fn pack(order: Order);
}

struct Fulfil {
    pack: Pack,
}

#[workflow(start = fulfil, timeout = "1h")]
impl Fulfil {
    #[parallel(branches(self.pack: Pack, self.pack: Pack), end)]
    fn fulfil(order: Order);
}

fn main() {}
