//! The same workflows as they were, and as they are after somebody has changed them.

use workflow_runtime::prelude::*;

/// The first version.
pub(super) mod first {
    use super::*;

    pub(crate) struct Shop;

    #[workflow(start = rest, timeout = "1d")]
    impl Shop {
        #[wait("2h", next = send)]
        fn rest(order: u32);

        #[task(timeout = "1m", end)]
        async fn send(&self, order: u32) -> String {
            format!("{order} sent")
        }
    }

    pub(crate) struct Item;

    #[workflow(start = cool, timeout = "1h")]
    impl Item {
        #[wait(next = wrap)]
        fn cool(seconds: u32) -> u32 {
            seconds
        }

        #[task(timeout = "1m", end)]
        async fn wrap(&self, seconds: u32) -> u32 {
            seconds + 1
        }
    }

    pub(crate) struct Batch(pub Item);

    #[workflow(start = all, timeout = "1h")]
    impl Batch {
        #[map(self.0: Item, next = one)]
        fn all(items: Vec<u32>);

        #[nested(self.0: Item, timeout = "10m", end)]
        fn one(items: Vec<u32>) -> u32 {
            items.iter().copied().max().unwrap_or(0)
        }
    }
}

/// The wait is called `pause` now.
pub(super) mod renamed {
    use super::*;

    pub(crate) struct Shop;

    #[workflow(start = pause, timeout = "1d")]
    impl Shop {
        #[wait("2h", next = send)]
        fn pause(order: u32);

        #[task(timeout = "1m", end)]
        async fn send(&self, order: u32) -> String {
            format!("{order} sent")
        }
    }
}

/// The wait is called `pause` now, and says so.
pub(super) mod formerly {
    use super::*;

    pub(crate) struct Shop;

    #[workflow(start = pause, timeout = "1d")]
    impl Shop {
        #[formerly("rest")]
        #[wait("2h", next = send)]
        fn pause(order: u32);

        #[task(timeout = "1m", end)]
        async fn send(&self, order: u32) -> String {
            format!("{order} sent")
        }
    }
}

/// A poll, and the same under another name.
pub(super) mod polled {
    use super::*;

    pub(crate) mod before {
        use super::*;

        pub(crate) struct Shop;

        #[workflow(start = track, timeout = "1d", output = String)]
        impl Shop {
            #[poll(every = "1h", deadline = "10h", timeout = "1m", end, on_deadline = lost)]
            async fn track(&self, parcel: u32, cx: TaskContext) -> Poll<String> {
                if cx.poll_count() < 2 { Poll::Pending } else { Poll::Ready(format!("{parcel} is there")) }
            }

            #[fail(error = "Lost")]
            fn lost(parcel: u32);
        }
    }

    pub(crate) mod after {
        use super::*;

        pub(crate) struct Shop;

        #[workflow(start = look, timeout = "1d", output = String)]
        impl Shop {
            #[formerly("track")]
            #[poll(every = "1h", deadline = "10h", timeout = "1m", end, on_deadline = lost)]
            async fn look(&self, parcel: u32, cx: TaskContext) -> Poll<String> {
                if cx.poll_count() < 2 { Poll::Pending } else { Poll::Ready(format!("{parcel} is here")) }
            }

            #[fail(error = "Lost")]
            fn lost(parcel: u32);
        }
    }
}

/// Orders are texts now, and items too.
pub(super) mod typed {
    use super::*;

    pub(crate) struct Shop;

    #[workflow(start = rest, timeout = "1d")]
    impl Shop {
        #[wait("2h", next = send)]
        fn rest(order: String);

        #[task(timeout = "1m", end)]
        async fn send(&self, order: String) -> String {
            format!("{order} sent")
        }
    }

    pub(crate) struct Item;

    #[workflow(start = warm_up, timeout = "1h")]
    impl Item {
        #[wait("30s", next = wrap)]
        fn warm_up(item: String);

        #[task(timeout = "1m", end)]
        async fn wrap(&self, item: String) -> String {
            format!("{item} wrapped")
        }
    }

    pub(crate) struct Batch(pub Item);

    #[workflow(start = all, timeout = "1h")]
    impl Batch {
        #[map(self.0: Item, next = one)]
        fn all(items: Vec<u32>) -> Vec<String> {
            items.iter().map(|item| item.to_string()).collect()
        }

        #[nested(self.0: Item, timeout = "10m", end)]
        fn one(items: Vec<String>) -> String {
            items.join(", ")
        }
    }
}

/// Variables, of one type and of another.
pub(super) mod counted {
    use serde::{Deserialize, Serialize};

    use super::*;

    #[derive(Clone, Debug, Default, Serialize, Deserialize, Data)]
    pub(crate) struct Count {
        pub rounds: u32,
    }

    #[derive(Clone, Debug, Default, Serialize, Deserialize, Data)]
    pub(crate) struct Named {
        pub rounds: String,
    }

    pub(crate) mod before {
        use super::*;

        pub(crate) struct Shop;

        #[workflow(start = rest, timeout = "1d", variables = Count, output = u32)]
        impl Shop {
            #[pass(next = pause)]
            #[assign(rounds = vars.rounds + 1)]
            fn rest(order: u32) -> u32 {
                order
            }

            #[wait("2h", end)]
            fn pause(order: u32);
        }
    }

    pub(crate) mod after {
        use super::*;

        pub(crate) struct Shop;

        #[workflow(start = rest, timeout = "1d", variables = Named, output = String)]
        impl Shop {
            #[pass(next = pause)]
            #[assign(rounds = vars.rounds.clone())]
            fn rest(order: u32) -> u32 {
                order
            }

            #[wait("2h", end = |order| format!("{} of {}", order, vars.rounds))]
            fn pause(order: u32);
        }
    }
}
