//! The files beside this folder, each without its mistake.

mod loop_that_overflows {
    use serde::{Deserialize, Serialize};
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = ask, timeout = "8h")]
    impl Shop {
        #[wait("11s", next = ask)]
        fn rest(order: String);

        #[task(timeout = "5s", next = look)]
        async fn ask(&self, order: String) -> String {
            order
        }

        #[choice]
        fn look(order: String) -> Next<Self> {
            if order.is_empty() { rest(order) } else { sent(order) }
        }

        #[succeed]
        fn sent(order: String);
    }

    struct Depot;

    #[workflow(start = pack, timeout = "12h")]
    impl Depot {
        #[task(timeout = "1s", end)]
        #[retry(States::TaskFailed, interval = "1s", max_attempts = 8_000, backoff_rate = 1.0)]
        async fn pack(&self, order: String) -> String {
            order
        }
    }

    #[derive(Clone, Serialize, Deserialize, Data)]
    struct Pending {
        ticket: String,
        polls: u32,
    }

    struct Counted;

    #[workflow(start = begin, timeout = "30d")]
    impl Counted {
        #[pass(next = rest)]
        fn begin(ticket: String) -> Pending {
            Pending { ticket, polls: 0 }
        }

        #[wait("10s", next = ask)]
        fn rest(pending: Pending);

        #[task(timeout = "5s", next = |is_done, pending| look((is_done, pending)))]
        async fn ask(&self, pending: Pending) -> bool {
            pending.ticket.is_empty()
        }

        #[choice]
        fn look((is_done, pending): (bool, Pending)) -> Next<Self> {
            if !is_done && pending.polls < 2_000 {
                rest(Pending { polls: pending.polls + 1, ticket: pending.ticket })
            } else {
                done(pending)
            }
        }

        #[succeed]
        fn done(pending: Pending);
    }
}
