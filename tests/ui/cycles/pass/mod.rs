//! The files beside this folder, each without its mistake.

mod hot_loop {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = pack, timeout = "1h")]
    impl Shop {
        #[task(timeout = "30s", next = weigh)]
        async fn pack(&self, order: String) -> String {
            order
        }

        #[choice]
        fn weigh(order: String) -> Next<Self> {
            if order.is_empty() { stamp(order) } else { sent(order) }
        }

        #[wait("10s", next = weigh)]
        fn stamp(order: String);

        #[succeed]
        fn sent(order: String);
    }
}

mod tasks_without_a_wait {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = pack, timeout = "1h")]
    impl Shop {
        #[task(timeout = "30s", next = weigh)]
        async fn pack(&self, order: String) -> String {
            order
        }

        #[choice]
        #[allow_finding(W0202)]
        fn weigh(order: String) -> Next<Self> {
            if order.is_empty() { pack(order) } else { sent(order) }
        }

        #[succeed]
        fn sent(order: String);
    }
}

mod allowances {
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

    struct Depot;

    #[workflow(start = pack, timeout = "1h")]
    impl Depot {
        #[task(timeout = "30s", next = sent)]
        async fn pack(&self, order: String) -> String {
            order
        }

        #[succeed]
        fn sent(order: String);
    }
}

mod without_a_timeout {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = pack, timeout = "1h")]
    impl Shop {
        #[task(timeout = "30s", next = weigh)]
        async fn pack(&self, order: String) -> String {
            order
        }

        #[choice]
        fn weigh(order: String) -> Next<Self> {
            if order.is_empty() { dry(order) } else { sent(order) }
        }

        #[wait("1m", next = pack)]
        fn dry(order: String);

        #[succeed]
        fn sent(order: String);
    }
}
