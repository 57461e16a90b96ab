//! The files beside this folder, each without its mistake.

mod not_clone {
    use workflow_runtime::prelude::*;

    #[derive(Clone)]
    struct Depot;

    #[workflow(start = stored, timeout = "1m")]
    impl Depot {
        #[succeed]
        fn stored(order: String);
    }

    struct Shop {
        depot: Depot,
    }

    #[workflow(start = store, timeout = "1h")]
    impl Shop {
        #[nested(self.depot: Depot, request_response, next = |_| sent())]
        fn store(order: String);

        #[succeed]
        fn sent();
    }
}

mod forms {
    use workflow_runtime::prelude::*;

    #[derive(Clone)]
    struct Depot;

    #[workflow(start = stored, timeout = "1m")]
    impl Depot {
        #[succeed]
        fn stored(order: String);
    }

    struct Shop {
        depot: Depot,
    }

    #[workflow(start = store, timeout = "1h")]
    impl Shop {
        #[nested(self.depot: Depot, request_response, next = |_| load(String::new()))]
        fn store(order: String);

        #[nested(self.depot: Depot, sync, next = |_| pack(String::new()))]
        fn load(order: String);

        #[nested(self.depot: Depot, timeout = "2m", next = |_| sent())]
        fn pack(order: String);

        #[succeed]
        fn sent();
    }
}

mod express {
    use workflow_runtime::prelude::*;

    #[derive(Clone)]
    struct Depot;

    #[workflow(start = stored, timeout = "1m")]
    impl Depot {
        #[succeed]
        fn stored(order: String);
    }

    struct Shop {
        depot: Depot,
    }

    #[workflow(start = store, express, timeout = "5m")]
    impl Shop {
        #[nested(self.depot: Depot, request_response, next = |_| sent())]
        fn store(order: String);

        #[succeed]
        fn sent();
    }
}
