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

mod without_a_counter {
    use serde::{Deserialize, Serialize};
    use workflow_runtime::prelude::*;

    #[derive(Clone, Serialize, Deserialize, Data)]
    struct Order {
        address: String,
        polls: u32,
        failures: u32,
    }

    /// Only the expressions around the task count.
    struct CountsInATask;

    #[workflow(start = rest)]
    impl CountsInATask {
        #[wait("10s", next = ask)]
        fn rest(order: Order);

        #[task(timeout = "5s", next = |address, order| look(Order { polls: order.polls + 1, address, failures: order.failures }))]
        async fn ask(&self, order: Order) -> String {
            order.address
        }

        #[choice]
        fn look(order: Order) -> Next<Self> {
            if order.polls < 100 { rest(order) } else { done(order) }
        }

        #[succeed]
        fn done(order: Order);
    }

    /// No way round begins again.
    struct BeginsAgain;

    #[workflow(start = rest)]
    impl BeginsAgain {
        #[wait("10s", next = look)]
        fn rest(order: Order);

        #[choice]
        #[allow(clippy::if_same_then_else, reason = "each way round counts")]
        fn look(order: Order) -> Next<Self> {
            if order.polls < 100 {
                rest(Order { polls: order.polls + 1, address: order.address, failures: order.failures })
            } else if order.polls < 200 {
                rest(Order { polls: order.polls + 1, address: order.address, failures: order.failures })
            } else {
                done(order)
            }
        }

        #[succeed]
        fn done(order: Order);
    }

    /// It looks at the number that it counts.
    struct LooksElsewhere;

    #[workflow(start = rest)]
    impl LooksElsewhere {
        #[wait("10s", next = |order| look(Order { polls: order.polls + 1, address: order.address, failures: order.failures }))]
        fn rest(order: Order);

        #[choice]
        fn look(order: Order) -> Next<Self> {
            if order.polls < 3 { rest(order) } else { done(order) }
        }

        #[succeed]
        fn done(order: Order);
    }

    /// The number shrinks towards the limit.
    struct OtherWay;

    #[workflow(start = rest)]
    impl OtherWay {
        #[wait("10s", next = |order| look(Order { polls: order.polls - 1, address: order.address, failures: order.failures }))]
        fn rest(order: Order);

        #[choice]
        fn look(order: Order) -> Next<Self> {
            if order.polls > 3 { rest(order) } else { done(order) }
        }

        #[succeed]
        fn done(order: Order);
    }

    /// The number cannot step over the only one that ends it.
    struct StepsOver;

    #[workflow(start = begin)]
    impl StepsOver {
        #[pass(next = rest)]
        fn begin(address: String) -> Order {
            Order { address, polls: 0, failures: 0 }
        }

        #[wait("10s", next = |order| look(Order { polls: order.polls + 1, address: order.address, failures: order.failures }))]
        fn rest(order: Order);

        #[choice]
        fn look(order: Order) -> Next<Self> {
            if order.polls != 9 { rest(order) } else { done(order) }
        }

        #[succeed]
        fn done(order: Order);
    }
}
