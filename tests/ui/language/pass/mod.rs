//! The files beside this folder, each without its mistake.

mod unknown_option {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = pack, timeout = "1h")]
    impl Shop {
        #[task(timeout = "30s", heartbeat = "10s", next = dry)]
        #[retry(States::Timeout, max_attempts = 3)]
        async fn pack(&self, order: String, _cx: TaskContext) -> String {
            order
        }

        #[wait("1h", next = sent, name = "Dry it")]
        fn dry(order: String);

        #[succeed(name = "It is sent")]
        fn sent(order: String);
    }
}

mod misspelt_option {
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
            if order.is_empty() { dry(order) } else { unsent(order) }
        }

        #[wait("1h", next = pack)]
        fn dry(order: String);

        #[fail(error = "Unsent")]
        fn unsent(order: String);
    }
}

mod two_values {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = pack, timeout = "1h")]
    impl Shop {
        #[task(timeout = "30s", next = |order| sent((order, 1)))]
        async fn pack(&self, order: String) -> String {
            order
        }

        #[succeed]
        fn sent(order: (String, u32));
    }
}

mod task_signature {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = pack, timeout = "1h")]
    impl Shop {
        #[task(timeout = "30s", next = weigh)]
        async fn pack(&self, order: String) -> String {
            order
        }

        #[task(timeout = "30s", next = stamp)]
        async fn weigh(&self, order: String) -> String {
            order
        }

        #[task(timeout = "30s", next = label)]
        async fn stamp(&self, order: String) -> (String, u32) {
            (order, 1)
        }

        #[task(timeout = "30s", next = store)]
        async fn label(&self, (order, weight): (String, u32)) -> String {
            format!("{order} {weight}")
        }

        #[task(timeout = "30s", next = load)]
        async fn store(&self, order: String) -> String {
            order
        }

        #[task(timeout = "30s", next = ship)]
        async fn load(&self, order: String) -> String {
            order
        }

        #[task(timeout = "30s", next = sent)]
        async fn ship(&self, order: String, cx: TaskContext) -> String {
            cx.heartbeat();
            order
        }

        #[succeed]
        fn sent(order: String);
    }
}

mod portable_signature {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = weigh, timeout = "1h")]
    impl Shop {
        #[choice]
        fn weigh(order: String) -> Next<Self> {
            if order.is_empty() {
                label(order)
            } else if order == "a" {
                load(order)
            } else {
                stamp(order)
            }
        }

        #[pass(next = sent)]
        fn label(order: String) -> String {
            order
        }

        #[pass(next = store)]
        fn stamp(order: String) -> String {
            order
        }

        #[wait("10s", next = sent)]
        fn store(order: String);

        #[choice]
        fn load(order: String) -> Next<Self> {
            if order.is_empty() { sent(order) } else { stamp(order) }
        }

        #[succeed]
        fn sent(order: String);
    }
}

mod parameters {
    use workflow_runtime::prelude::*;

    struct Shop {
        name: &'static str,
    }

    #[workflow(start = pack, timeout = "1h")]
    impl Shop {
        #[task(timeout = "30s", next = sent)]
        async fn pack(&self, order: String) -> String {
            format!("{order} {}", self.name)
        }

        #[succeed]
        fn sent(order: String);
    }

    struct Depot;

    #[workflow(start = store, timeout = "1h")]
    impl Depot {
        #[task(timeout = "30s", next = stored)]
        async fn store(&self, order: String) -> String {
            order
        }

        #[succeed]
        fn stored(order: String);
    }
}

mod kinds {
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
            if order.is_empty() { unsent(order) } else { sent(order) }
        }

        #[succeed]
        fn sent(order: String);

        #[fail(error = "Unsent")]
        fn unsent(order: String);
    }
}

mod trait_impl {
    use workflow_runtime::prelude::*;

    struct Shop;

    impl Default for Shop {
        fn default() -> Self {
            Shop
        }
    }
}

mod on_a_struct {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = sent)]
    impl Shop {
        #[succeed]
        fn sent();
    }
}

mod unknown_kind {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = pack, timeout = "1h")]
    impl Shop {
        #[task(timeout = "30s", next = dry)]
        async fn pack(&self, order: String) -> String {
            order
        }

        #[wait("1m", next = weigh)]
        fn dry(order: String);

        #[choice]
        fn weigh(order: String) -> Next<Self> {
            if order.is_empty() { look(order) } else { sent(order) }
        }

        #[wait("1m", next = label)]
        fn look(order: String);

        #[task(timeout = "30s", next = stamp)]
        #[retry(States::Timeout)]
        async fn label(&self, order: String) -> String {
            order
        }

        #[retry(States::Timeout)]
        #[task(timeout = "30s", next = sent)]
        async fn stamp(&self, order: String) -> String {
            order
        }

        #[succeed]
        fn sent(order: String);

        /// No state, and nothing of ours.
        #[inline]
        fn total(&self) -> u32 {
            7
        }
    }
}

mod retry_as_option {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = pack, timeout = "1h")]
    impl Shop {
        #[task(timeout = "30s", next = sent)]
        #[retry(States::Timeout, max_attempts = 3)]
        async fn pack(&self, order: String) -> String {
            order
        }

        #[succeed]
        fn sent(order: String);
    }
}

mod mistyped_states {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = pack, timeout = "1h")]
    impl Shop {
        #[task(timeout = "30s", next = label)]
        #[catch(States::Timeout => unsent)]
        async fn pack(&self, order: String) -> String {
            order
        }

        #[pass(next = look)]
        fn label(order: String);

        #[choice]
        fn look(order: String) -> Next<Self> {
            if order.is_empty() { empty() } else { sent(order) }
        }

        #[fail(error = "Unsent")]
        fn unsent(failure: Failure);

        #[pass(end = |_| String::new())]
        fn empty();

        #[succeed]
        fn sent(order: String);
    }

    struct Depot;

    #[workflow(start = stored, timeout = "1h")]
    impl Depot {
        #[succeed]
        fn stored(order: String);
    }
}

mod mistyped_options {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = dry, timeout = "1h")]
    impl Shop {
        #[wait("10s", next = look)]
        fn dry(order: String);

        #[choice]
        fn look(order: String) -> Next<Self> {
            if order.is_empty() { rest(order) } else { sent(order) }
        }

        #[wait("1m", next = sent)]
        fn rest(order: String);

        #[succeed]
        fn sent(order: String);
    }
}

mod twice {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = pack, timeout = "1h")]
    impl Shop {
        #[task(timeout = "30s", end)]
        async fn pack(&self, order: String) -> String {
            order
        }
    }

    struct Depot;

    #[workflow(start = store, timeout = "1h")]
    impl Depot {
        #[task(timeout = "30s", next = stored)]
        async fn store(&self, order: String) -> String {
            order
        }

        /// Found behind a method whose type has an `=` in it.
        #[succeed]
        fn stored(order: String);
    }
}
