//! The files beside this folder, each without its mistake.

mod loop_that_overflows {
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
}
