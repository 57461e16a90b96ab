//! The files beside this folder, each without its mistake.

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
