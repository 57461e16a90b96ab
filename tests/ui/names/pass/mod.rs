//! The files beside this folder, each without its mistake.

mod too_long {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = pack, timeout = "1h", name = "TheShopOnTheCorner")]
    impl Shop {
        #[task(timeout = "30s", next = pack_the_parcel_and_weigh_it_and_stamp_it_and_label_it_and_load_it_onto_the_lorry)]
        async fn pack(&self, order: String) -> String {
            order
        }

        #[wait("1h", next = sent)]
        fn pack_the_parcel_and_weigh_it_and_stamp_it_and_label_it_and_load_it_onto_the_lorry(order: String);

        #[succeed(name = "Sent away")]
        fn sent(order: String);
    }
}

mod formerly {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = pack, timeout = "1h")]
    impl Shop {
        #[formerly("wrap")]
        #[task(timeout = "30s", next = dry)]
        async fn pack(&self, order: String) -> String {
            order
        }

        #[formerly("rest", "let_it_dry")]
        #[formerly("Let the glue dry")]
        #[wait("1m", next = weigh)]
        fn dry(order: String);

        #[formerly("Rest a while")]
        #[wait("1m", next = ask)]
        fn weigh(order: String);

        #[formerly("track")]
        #[poll(every = "10s", deadline = "20m", timeout = "10s", next = sent, on_deadline = lost)]
        async fn ask(&self, order: String) -> Poll<String> {
            Poll::Ready(order)
        }

        #[formerly("r#final")]
        #[succeed]
        fn sent(order: String);

        #[fail(error = "Lost")]
        fn lost(order: String);
    }
}
