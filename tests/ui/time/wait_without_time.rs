use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = dry, timeout = "1h")]
impl Shop {
    #[wait(next = sent)]
    fn dry(order: String);

    #[succeed]
    fn sent(order: String);
}

fn main() {}
