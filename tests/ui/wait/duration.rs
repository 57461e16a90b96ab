use std::time::Duration;

use workflow_runtime::prelude::*;

struct Shop;

#[workflow(start = dry, timeout = "1h")]
impl Shop {
    #[wait(next = cool)]
    fn dry(minutes: u64) -> Duration {
        Duration::from_millis(minutes * 60_000)
    }

    #[wait(next = rest)]
    fn cool(minutes: u64) -> Duration {
        Duration::from_secs(minutes * 60) + Duration::from_secs(5)
    }

    #[wait(next = sent)]
    fn rest(minutes: u64) -> Duration {
        let pauses = vec![Duration::from_secs(minutes)];
        pauses[0]
    }

    #[succeed]
    fn sent(minutes: u64);
}

fn main() {}
