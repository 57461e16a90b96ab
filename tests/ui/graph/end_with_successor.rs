use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = pack, timeout = "1h")]
impl Shop {
    #[task(timeout = "30s", next = sent, end)]
    #[catch(States::Timeout => |failure| unpacked(failure.message()))]
    #[catch(States::All => |failure| weighed(failure.message()))]
    async fn pack(&self, order: String) -> String {
        order
    }

    #[succeed(next = weighed)]
    fn sent(order: String);

    #[succeed(end)]
    fn weighed(order: String);

    #[fail(error = "Unpacked", next = sent)]
    fn unpacked(cause: String) -> String {
        cause
    }
}

fn main() {}
