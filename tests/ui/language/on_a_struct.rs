use workflow_runtime::prelude::*;

#[workflow(start = pack, timeout = "1h")]
struct Shop;

fn main() {
    let _ = Shop;
}
