//! The files beside this folder, each without its mistake.

mod not_a_time {
    use std::time::Duration;

    use workflow_runtime::prelude::*;

    #[derive(Clone, serde::Serialize, serde::Deserialize, Data)]
    struct Order {
        delay: f64,
        pause: Duration,
    }

    struct Shop;

    #[workflow(start = dry, timeout = "1h")]
    impl Shop {
        #[wait(next = rest)]
        fn dry(order: Order) -> u32 {
            order.delay as u32
        }

        // What a field holds is no `Duration::from_secs(…)`: this compiles, and is refused when it is exported.
        #[wait(next = sent)]
        fn rest(order: Order) -> Duration {
            order.pause
        }

        #[succeed]
        fn sent(order: Order);
    }
}

mod duration {
    use std::time::Duration;

    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = dry, timeout = "1h")]
    impl Shop {
        #[wait(next = cool)]
        fn dry(minutes: u64) -> Duration {
            Duration::from_secs(minutes * 60)
        }

        #[wait(next = rest)]
        fn cool(minutes: u64) -> Duration {
            std::time::Duration::from_secs(minutes * 60 + 5)
        }

        #[wait(next = sent)]
        fn rest(minutes: u64) -> Duration {
            let pauses = [minutes];
            if pauses.is_empty() { Duration::from_secs(1) } else { Duration::from_secs(pauses[0]) }
        }

        #[succeed]
        fn sent(minutes: u64);
    }
}
