//! Mistakes in branches, maps and polls: all of them at once, in the order in which they stand here.
use workflow_runtime::prelude::*;

struct Pack;

#[workflow(start = pack, timeout = "1h")]
impl Pack {
    #[task(timeout = "30s", end)]
    async fn pack(&self, order: String) -> String {
        order
    }
}

struct Shop {
    pack: Pack,
}

#[workflow(start = both, timeout = "1h")]
impl Shop {
    #[parallel(branches(self.pack: Pack), next = eahc)]
    #[retry(States::All | States::Timeout, max_attempts = 2)]
    fn both(order: String);

    #[map(self.pack: Pack, max_concurency = 2, next = ask)]
    #[catch(States::All => lost)]
    #[catch(States::Timeout => lost)]
    fn each(order: String) -> Vec<String> {
        vec![order]
    }

    #[poll(every = "10m", deadline = "5m", timeout = "10s", next = done)]
    #[retry(States::HeartbeatTimeout)]
    async fn ask(&self, orders: Vec<String>) -> Poll<String> {
        let _ = orders;
        Poll::Pending
    }

    #[parallel(branches(), next = done)]
    fn none(order: String);

    #[fail(error = "Lost")]
    fn lost(failure: Failure);

    #[succeed]
    fn done(order: String);
}

fn main() {}
