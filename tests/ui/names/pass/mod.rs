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
