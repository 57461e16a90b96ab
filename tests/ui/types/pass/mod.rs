//! The files beside this folder, each without its mistake.

mod bare_edge {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = pack, timeout = "1h")]
    impl Shop {
        #[task(timeout = "30s", next = weigh)]
        async fn pack(&self, order: String) -> u32 {
            order.len() as u32
        }

        #[wait("1m", next = sent)]
        fn weigh(weight: u32);

        #[succeed]
        fn sent(weight: u32);
    }
}

mod closure_edge {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = pack, timeout = "1h")]
    impl Shop {
        #[task(timeout = "30s", next = |weight| weigh(weight.to_string()))]
        async fn pack(&self, order: String) -> u32 {
            order.len() as u32
        }

        #[task(timeout = "30s", next = |order| sent(order))]
        async fn weigh(&self, order: String) -> String {
            order
        }

        #[succeed]
        fn sent(order: String);
    }
}

mod choice_edge {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = weigh, timeout = "1h")]
    impl Shop {
        #[choice]
        fn weigh(order: String) -> Next<Self> {
            if order.is_empty() { unsent() } else { sent(order.len()) }
        }

        #[succeed]
        fn sent(weight: usize);

        #[fail(error = "Unsent")]
        fn unsent();
    }
}

mod catch_edge {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = pack, timeout = "1h")]
    impl Shop {
        #[task(timeout = "30s", next = sent)]
        #[catch(States::Timeout => |failure| unsent(failure.message()))]
        async fn pack(&self, order: String) -> String {
            order
        }

        #[succeed]
        fn sent(order: String);

        #[fail(error = "Unsent")]
        fn unsent(order: String) -> String {
            order
        }
    }
}

mod result_not_data {
    use workflow_runtime::prelude::*;

    #[derive(serde::Serialize, serde::Deserialize, Data)]
    struct Parcel;

    struct Shop;

    #[workflow(start = pack, timeout = "1h")]
    impl Shop {
        #[task(timeout = "30s", next = |_parcel| sent())]
        async fn pack(&self, _order: String) -> Parcel {
            Parcel
        }

        #[succeed]
        fn sent();
    }
}

mod input_not_data {
    use serde::{Deserialize, Serialize};
    use workflow_runtime::prelude::*;

    #[derive(Serialize, Deserialize, Data)]
    struct Order {
        name: String,
    }

    struct Shop;

    #[workflow(start = pack, timeout = "1h")]
    impl Shop {
        #[task(timeout = "30s", next = sent)]
        async fn pack(&self, order: Order) -> String {
            order.name
        }

        #[succeed]
        fn sent(order: String);
    }
}

mod input_not_serialize {
    use workflow_runtime::prelude::*;

    #[derive(serde::Serialize, serde::Deserialize, Data)]
    struct Order {
        name: String,
    }

    struct Shop;

    #[workflow(start = pack, timeout = "1h")]
    impl Shop {
        #[task(timeout = "30s", next = sent)]
        async fn pack(&self, order: Order) -> String {
            order.name
        }

        #[succeed]
        fn sent(order: String);
    }
}

mod retried_not_clone {
    use serde::{Deserialize, Serialize};
    use workflow_runtime::prelude::*;

    #[derive(Clone, Serialize, Deserialize, Data)]
    struct Order {
        name: String,
    }

    struct Shop;

    #[workflow(start = pack, timeout = "1h")]
    impl Shop {
        #[task(timeout = "30s", next = weigh)]
        #[retry(States::Timeout)]
        async fn pack(&self, order: Order) -> Order {
            order
        }

        #[task(timeout = "30s", next = sent)]
        #[catch(States::Timeout => |_failure, order| sent(order.name))]
        async fn weigh(&self, order: Order) -> String {
            order.name
        }

        #[succeed]
        fn sent(order: String);
    }
}

mod not_send {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = pack, timeout = "1h")]
    impl Shop {
        #[task(timeout = "30s", next = sent)]
        async fn pack(&self, order: String) -> String {
            let order = std::sync::Arc::new(order);
            weigh(&order).await;
            order.to_string()
        }

        #[succeed]
        fn sent(order: String);
    }

    async fn weigh(_order: &str) {}
}

mod not_sync {
    use workflow_runtime::prelude::*;

    struct Shop {
        sent: std::sync::Mutex<u32>,
    }

    #[workflow(start = pack, timeout = "1h")]
    impl Shop {
        #[task(timeout = "30s", next = sent)]
        async fn pack(&self, order: String) -> String {
            if let Ok(mut sent) = self.sent.lock() {
                *sent += 1;
            }
            order
        }

        #[succeed]
        fn sent(order: String);
    }
}

mod two_ends {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = weigh, timeout = "1h")]
    impl Shop {
        #[choice]
        fn weigh(order: String) -> Next<Self> {
            if order.is_empty() { unsent(order) } else { pack(order) }
        }

        #[task(timeout = "30s", end)]
        async fn pack(&self, order: String) -> String {
            order
        }

        #[succeed]
        fn unsent(order: String);
    }
}

mod nested_not_a_workflow {
    use workflow_runtime::prelude::*;

    struct Depot;

    #[workflow(start = kept)]
    impl Depot {
        #[succeed]
        fn kept(order: String);
    }

    struct Shop {
        depot: Depot,
    }

    #[workflow(start = store, timeout = "1h")]
    impl Shop {
        #[nested(self.depot: Depot, timeout = "10m", next = |_stored| sent())]
        fn store(order: String);

        #[succeed]
        fn sent();
    }
}

mod nested_field {
    use workflow_runtime::prelude::*;

    struct Depot;

    #[workflow(start = kept, timeout = "1h")]
    impl Depot {
        #[succeed]
        fn kept(weight: u32);
    }

    struct Shop {
        depot: Depot,
    }

    #[workflow(start = store, timeout = "1h")]
    impl Shop {
        #[nested(self.depot: Depot, timeout = "10m", next = sent)]
        fn store(weight: u32);

        #[succeed]
        fn sent(weight: u32);
    }

    struct Market {
        depot: Depot,
    }

    #[workflow(start = store, timeout = "1h")]
    impl Market {
        #[nested(self.depot: Depot, timeout = "10m", next = sent)]
        fn store(weight: u32);

        #[succeed]
        fn sent(weight: u32);
    }
}

mod derive_data {
    use serde::{Deserialize, Serialize};
    use workflow_runtime::prelude::*;

    struct Parcel;

    #[derive(Serialize, Deserialize, Data)]
    struct Order {
        #[data(opaque)]
        name: String,
    }

    #[derive(Data)]
    struct Case {
        #[data(opaque)]
        parcel: Parcel,
    }
}

mod next_of_result_and_input {
    use workflow_runtime::prelude::*;

    #[derive(Clone, serde::Serialize, serde::Deserialize, Data)]
    struct Order {
        name: String,
    }

    struct Shop;

    #[workflow(start = weigh, timeout = "1h")]
    impl Shop {
        #[task(timeout = "30s", next = |weight, order| sent(format!("{}: {weight}", order.name)))]
        async fn weigh(&self, order: Order) -> u32 {
            order.name.len() as u32
        }

        #[wait("1m", next = |note| told(note))]
        fn sent(note: String);

        #[succeed]
        fn told(note: String);
    }
}

mod two_forms_of_json {
    use serde::{Deserialize, Serialize};
    use workflow_runtime::prelude::*;

    #[derive(Serialize, Deserialize, Data)]
    struct Order {
        #[serde(rename = "parcel_id")]
        parcel: String,
        address: Address,
    }

    #[derive(Serialize, Deserialize, Data)]
    struct Address {
        street: String,
    }

    #[derive(Serialize, Deserialize, Data)]
    struct Label {
        text: String,
    }
}
