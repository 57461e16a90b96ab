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
        #[retry(States::Timeout, interval = "1s", max_attempts = 8_000, backoff_rate = 1.0, max_delay = "366d")]
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

mod beyond_the_timeout {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = pack, timeout = "3h")]
    impl Shop {
        #[task(timeout = "15m", next = dry)]
        async fn pack(&self, order: String) -> String {
            order
        }

        #[wait("1h", next = weigh)]
        fn dry(order: String);

        #[task(timeout = "30s", next = sent)]
        #[retry(States::TaskFailed, interval = "10s", max_attempts = 8)]
        #[retry(States::Timeout, interval = "10s", max_attempts = 20, backoff_rate = 1.0)]
        async fn weigh(&self, order: String) -> String {
            order
        }

        #[succeed]
        fn sent(order: String);
    }
}

mod no_end_in_time {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = soak, timeout = "70m")]
    impl Shop {
        #[wait("30m", next = dry)]
        fn soak(order: String);

        #[wait("40m", next = sent)]
        fn dry(order: String);

        #[succeed]
        fn sent(order: String);
    }

    struct Depot;

    #[workflow(start = weigh, timeout = "70m")]
    impl Depot {
        #[choice]
        fn weigh(order: String) -> Next<Self> {
            if order.is_empty() { soak(order) } else { sent(order) }
        }

        #[wait("30m", next = dry)]
        fn soak(order: String);

        #[wait("40m", next = stored)]
        fn dry(order: String);

        #[succeed]
        fn stored(order: String);

        #[succeed]
        fn sent(order: String);
    }
}

mod attempts_may_take_too_long {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = pack, timeout = "10m")]
    impl Shop {
        #[allow_finding(W0312)]
        #[task(timeout = "5m", end)]
        #[retry(States::All)]
        async fn pack(&self, order: String) -> String {
            order
        }
    }
}

mod nested_longer_than_its_parent {
    use workflow_runtime::prelude::*;

    struct Depot;

    #[workflow(start = dry, timeout = "2h")]
    impl Depot {
        #[wait("20m", next = stored)]
        fn dry(order: String);

        #[succeed]
        fn stored(order: String);
    }

    struct Shop {
        depot: Depot,
    }

    #[workflow(start = store, timeout = "1h")]
    impl Shop {
        #[nested(self.depot: Depot, timeout = "40m", next = store_quickly)]
        fn store(order: String);

        #[nested(self.depot: Depot, timeout = "20m", next = sent)]
        fn store_quickly(order: String);

        #[succeed]
        fn sent(order: String);
    }
}
