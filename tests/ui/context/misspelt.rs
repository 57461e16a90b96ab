//! Parts of the context object that there are not: rustc knows those that there are.

use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = pack, timeout = "1h")]
impl Shop {
    #[pass(next = |weight| sent(format!("{weight} {}", context.state.entered_tim)))]
    fn pack(order: u32) -> String {
        format!("{order} of {}", context.execution.nam)
    }

    #[choice]
    fn sent(parcel: String) -> Next<Self> {
        if parcel == context.executions.id { done(parcel) } else { lost(parcel) }
    }

    #[succeed]
    fn done(parcel: String);

    #[succeed]
    fn lost(parcel: String);
}

fn main() {}
