//! The files beside this folder, each without its mistake.

mod unknown_target {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = pack, timeout = "1h")]
    impl Shop {
        #[task(timeout = "30s", next = weigh)]
        #[catch(States::Timeout => |failure| unpacked(failure.message()))]
        async fn pack(&self, order: String) -> String {
            order
        }

        #[choice]
        fn weigh(order: String) -> Next<Self> {
            if order.is_empty() { sent(order) } else { unpacked(order) }
        }

        #[succeed]
        fn sent(order: String);

        #[fail(error = "Unpacked")]
        fn unpacked(cause: String) -> String {
            cause
        }
    }
}

mod unreachable_state {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = pack, timeout = "1h")]
    impl Shop {
        #[task(timeout = "30s", next = dry)]
        async fn pack(&self, order: String) -> String {
            order
        }

        #[wait("1h", next = sent)]
        fn dry(order: String);

        #[succeed]
        fn sent(order: String);
    }
}

mod unreachable_island {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = pack, timeout = "1h")]
    impl Shop {
        #[task(timeout = "30s", next = look)]
        async fn pack(&self, order: String) -> String {
            order
        }

        #[wait("1h", next = look)]
        fn dry(order: String);

        #[choice]
        fn look(order: String) -> Next<Self> {
            if order.is_empty() { dry(order) } else { sent(order) }
        }

        #[succeed]
        fn sent(order: String);
    }
}

mod no_end {
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
            if order.is_empty() { sent(order) } else { dry(order) }
        }

        #[wait("1h", next = look)]
        fn dry(order: String);

        #[task(timeout = "30s", next = sent)]
        async fn look(&self, order: String) -> String {
            order
        }

        #[succeed]
        fn sent(order: String);
    }
}

mod duplicate_name {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = pack, timeout = "1h")]
    impl Shop {
        #[task(timeout = "30s", next = dry)]
        async fn pack(&self, order: String) -> String {
            order
        }

        #[wait("1m", next = dry_again)]
        fn dry(order: String);

        #[wait("2m", next = weigh)]
        fn dry_again(order: String);

        #[wait("1m", next = sent, name = "Weigh it")]
        fn weigh(order: String);

        #[succeed]
        fn sent(order: String);
    }
}

mod missing_start {
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

    struct Empty;

    #[workflow(start = done)]
    impl Empty {
        #[succeed]
        fn done();
    }
}

mod unknown_start {
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

    struct Quoted;

    #[workflow(start = pack, timeout = "1h")]
    impl Quoted {
        #[task(timeout = "30s", end)]
        async fn pack(&self, order: String) -> String {
            order
        }
    }
}

mod end_with_successor {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = pack, timeout = "1h")]
    impl Shop {
        #[task(timeout = "30s", next = sent)]
        #[catch(States::Timeout => |failure| unpacked(failure.message()))]
        #[catch(States::All => |failure| weighed(failure.message()))]
        async fn pack(&self, order: String) -> String {
            order
        }

        #[succeed]
        fn sent(order: String);

        #[succeed]
        fn weighed(order: String);

        #[fail(error = "Unpacked")]
        fn unpacked(cause: String) -> String {
            cause
        }
    }
}

mod missing_successor {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = pack, timeout = "1h")]
    impl Shop {
        #[task(timeout = "30s", next = dry)]
        async fn pack(&self, order: String) -> String {
            order
        }

        #[wait("1h", next = sent)]
        fn dry(order: String);

        #[succeed]
        fn sent(order: String);
    }
}

mod not_a_state {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = pack, timeout = "1h")]
    impl Shop {
        #[task(timeout = "30s", next = weigh)]
        async fn pack(&self, order: String) -> String {
            order
        }

        #[task(timeout = "30s", next = sent)]
        async fn weigh(&self, order: String) -> String {
            order
        }

        #[succeed]
        fn sent(order: String);
    }
}
