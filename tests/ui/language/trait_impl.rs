use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = pack, timeout = "1h")]
impl Default for Shop {
    fn default() -> Self {
        Shop
    }
}

fn main() {}
