//! The files beside this folder, each without its mistake.

mod arithmetic {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = weigh, timeout = "1h")]
    impl Shop {
        #[pass(next = stamp)]
        fn weigh(weight: f64) -> f64 {
            weight * 1.5
        }

        #[pass(next = label)]
        fn stamp(weight: f64) -> f64 {
            weight
        }

        #[pass(next = |count| send(count + 1))]
        fn label(weight: f64) -> u32 {
            if weight > 2.0 { 1 + 1 } else { 2 }
        }

        #[succeed]
        fn send(count: u32);
    }
}

mod body {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = weigh, timeout = "1h")]
    impl Shop {
        #[choice]
        fn weigh(order: String) -> Next<Self> {
            if order.starts_with("a") { stamp(order) } else { label(order) }
        }

        #[pass(next = price_it)]
        fn stamp(order: String) -> String {
            order
        }

        #[pass(next = price_it)]
        fn label(order: String) -> String {
            format!("{order}!")
        }

        #[pass(next = |price| unsent(format!("{price}")))]
        fn price_it(order: String) -> usize {
            order.len()
        }

        #[fail(error = "Unsent")]
        fn unsent(order: String) -> String {
            order
        }
    }
}
