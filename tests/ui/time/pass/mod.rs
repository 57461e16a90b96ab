//! The files beside this folder, each without its mistake.

mod task_without_timeout {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = pack, timeout = "1h")]
    impl Shop {
        #[task(timeout = "30s", next = sent)]
        async fn pack(&self, order: String) -> String {
            order
        }

        #[succeed]
        fn sent(order: String);
    }
}

mod heartbeat {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = pack, timeout = "1h")]
    impl Shop {
        #[task(timeout = "30s", heartbeat = "29s", next = weigh)]
        async fn pack(&self, order: String, _cx: TaskContext) -> String {
            order
        }

        #[task(timeout = "30s", heartbeat = "10s", next = sent)]
        async fn weigh(&self, order: String, _cx: TaskContext) -> String {
            order
        }

        #[succeed]
        fn sent(order: String);
    }
}

mod range {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = pack, timeout = "365d")]
    impl Shop {
        #[task(timeout = "1s", next = dry)]
        #[retry(States::Timeout, interval = "1s", max_attempts = 99_999_999, backoff_rate = 1.0, max_delay = "366d")]
        async fn pack(&self, order: String) -> String {
            order
        }

        #[wait("2s", next = sent)]
        fn dry(order: String);

        #[succeed]
        fn sent(order: String);
    }
}

mod unreadable {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = pack, timeout = "14d")]
    impl Shop {
        #[task(timeout = "30s", next = dry)]
        #[retry(States::Timeout, interval = "1m 30s", max_attempts = 3, jitter = none)]
        async fn pack(&self, order: String) -> String {
            order
        }

        #[wait("10s", next = weigh)]
        fn dry(order: String);

        #[wait("1m 30s", next = sent)]
        fn weigh(order: String);

        #[succeed]
        fn sent(order: String);
    }
}

mod wait_without_time {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = dry, timeout = "1h")]
    impl Shop {
        #[wait("0s", next = sent)]
        fn dry(order: String);

        #[succeed]
        fn sent(order: String);
    }
}

mod express {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(express, start = pack, timeout = "5m")]
    impl Shop {
        #[task(timeout = "30s", end)]
        async fn pack(&self, order: String) -> String {
            order
        }
    }

    struct Depot;

    #[workflow(express, start = track)]
    impl Depot {
        #[poll(every = "10s", deadline = "5m", timeout = "5s", end, on_deadline = lost)]
        async fn track(&self, parcel: String) -> Poll<String> {
            Poll::Ready(parcel)
        }

        #[fail(error = "Lost")]
        fn lost(parcel: String);
    }
}
