//! The files beside this folder, each without its mistake.

mod written {
    use workflow_runtime::prelude::*;

    struct Charge;

    #[workflow(start = charge, timeout = "1m")]
    impl Charge {
        #[pass(end)]
        fn charge(order: String);
    }

    struct Fulfil {
        charge: Charge,
    }

    #[workflow(start = fulfil, timeout = "1h")]
    impl Fulfil {
        #[parallel(branches(self.charge: Charge = |order| order.to_uppercase(), self.charge: Charge), end)]
        fn fulfil(order: String);
    }

    struct Made {
        charge: Charge,
    }

    #[workflow(start = fulfil, timeout = "1h")]
    impl Made {
        #[parallel(branches(self.charge: Charge), end, name = "Fulfil it")]
        fn fulfil(order: u32) -> String {
            order.to_string()
        }
    }
}

mod other_input {
    use workflow_runtime::prelude::*;

    struct Charge;

    #[workflow(start = charge, timeout = "1m")]
    impl Charge {
        #[pass(end)]
        fn charge(amount: u32);
    }

    struct Fulfil {
        charge: Charge,
    }

    #[workflow(start = fulfil, timeout = "1h")]
    impl Fulfil {
        #[parallel(branches(self.charge: Charge), end)]
        fn fulfil(order: u32);
    }

    struct Made {
        charge: Charge,
    }

    #[workflow(start = fulfil, timeout = "1h")]
    impl Made {
        #[parallel(branches(self.charge: Charge = |order| if order.is_empty() { 0 } else { 1 }), end)]
        fn fulfil(order: String);
    }
}

mod not_clone {
    use serde::{Deserialize, Serialize};
    use workflow_runtime::prelude::*;

    #[derive(Clone, Serialize, Deserialize, Data)]
    struct Order {
        name: String,
    }

    struct Pack;

    #[workflow(start = pack, timeout = "1m")]
    impl Pack {
        #[pass(end)]
        fn pack(order: Order);
    }

    struct Fulfil {
        pack: Pack,
    }

    #[workflow(start = fulfil, timeout = "1h")]
    impl Fulfil {
        #[parallel(branches(self.pack: Pack, self.pack: Pack), end)]
        fn fulfil(order: Order);
    }

    /// One branch alone needs no copy.
    #[derive(Serialize, Deserialize, Data)]
    struct Box {
        name: String,
    }

    struct Send;

    #[workflow(start = send, timeout = "1m")]
    impl Send {
        #[pass(end)]
        fn send(it: Box);
    }

    struct Ship {
        send: Send,
    }

    #[workflow(start = ship, timeout = "1h")]
    impl Ship {
        #[parallel(branches(self.send: Send), end)]
        fn ship(it: Box);
    }
}

mod of_itself {
    use std::sync::Arc;

    use workflow_runtime::prelude::*;

    struct Pack;

    #[workflow(start = pack, timeout = "1m")]
    impl Pack {
        #[pass(end)]
        fn pack(order: String);
    }

    struct Fulfil {
        again: Arc<Pack>,
    }

    #[workflow(start = fulfil, timeout = "1h", output = ())]
    impl Fulfil {
        #[parallel(branches(self.again: Pack), end = |_| ())]
        fn fulfil(order: String);
    }
}

mod of_itself_through_another {
    use std::sync::Arc;

    use workflow_runtime::prelude::*;

    struct Fulfil {
        pack: Arc<Pack>,
    }

    #[workflow(start = fulfil, timeout = "1h", output = String)]
    impl Fulfil {
        #[parallel(branches(self.pack: Pack), end = |_| String::new())]
        fn fulfil(order: String);
    }

    struct Pack {
        weigh: Arc<Weigh>,
    }

    #[workflow(start = pack, timeout = "1h", output = String)]
    impl Pack {
        #[parallel(branches(self.weigh: Weigh), end = |_| String::new())]
        fn pack(order: String);
    }

    struct Weigh;

    #[workflow(start = weigh, timeout = "1h")]
    impl Weigh {
        #[pass(end)]
        fn weigh(order: String);
    }
}

mod not_a_workflow {
    use workflow_runtime::prelude::*;

    struct Charge;

    #[workflow(start = charge, timeout = "1m")]
    impl Charge {
        #[pass(end)]
        fn charge(order: String);
    }

    struct Fulfil {
        charge: Charge,
    }

    #[workflow(start = fulfil, timeout = "1h", output = String)]
    impl Fulfil {
        #[parallel(branches(self.charge: Charge), end = |_| String::new())]
        fn fulfil(order: String);
    }

    struct OtherField {
        charge: Charge,
    }

    #[workflow(start = fulfil, timeout = "1h")]
    impl OtherField {
        #[parallel(branches(self.charge: Charge), end)]
        fn fulfil(order: String);
    }
}

mod map_written {
    use workflow_runtime::prelude::*;

    struct Pack;

    #[workflow(start = pack, timeout = "1m")]
    impl Pack {
        #[pass(end)]
        fn pack(order: String);
    }

    struct Shop {
        pack: Pack,
    }

    #[workflow(start = all, timeout = "1h")]
    impl Shop {
        #[map(self.pack: Pack, max_concurrency = 10, item_selector = |order| order.to_uppercase(), next = again)]
        fn all(orders: Vec<String>);

        #[map(nested(self.pack: Pack), name = "Once more", end)]
        fn again(orders: Vec<String>) -> Vec<String> {
            orders
        }
    }
}

mod map_items {
    use serde::{Deserialize, Serialize};
    use workflow_runtime::prelude::*;

    struct Pack;

    #[workflow(start = pack, timeout = "1m")]
    impl Pack {
        #[pass(end)]
        fn pack(order: String);
    }

    struct Shop {
        pack: Pack,
    }

    #[workflow(start = all, timeout = "1h")]
    impl Shop {
        #[map(self.pack: Pack, item_selector = |_item, _input, index| index.to_string(), next = one)]
        fn all(orders: Vec<u32>);

        #[map(self.pack: Pack, end)]
        fn one(orders: Vec<String>) -> Vec<String> {
            orders
        }
    }

    /// What is not tried again is not copied.
    #[derive(Serialize, Deserialize, Data)]
    struct Order {
        name: String,
    }

    struct Send;

    #[workflow(start = send, timeout = "1m")]
    impl Send {
        #[pass(end)]
        fn send(order: Order);
    }

    struct NoCopy {
        send: Send,
    }

    #[workflow(start = all, timeout = "1h")]
    impl NoCopy {
        #[map(self.send: Send, end)]
        fn all(orders: Vec<Order>);
    }
}
