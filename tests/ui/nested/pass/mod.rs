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

mod itself {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = pack, timeout = "1h")]
    impl Shop {
        #[task(timeout = "30s", next = look)]
        async fn pack(&self, orders: Vec<String>) -> Vec<String> {
            orders
        }

        #[choice]
        fn look(orders: Vec<String>) -> Next<Self> {
            if orders.is_empty() { sent(orders) } else { pack_the_rest(orders) }
        }

        #[nested(self: Self, timeout = "10m", next = sent)]
        fn pack_the_rest(orders: Vec<String>);

        #[succeed]
        fn sent(orders: Vec<String>);
    }

    struct Depot;

    #[workflow(start = look, timeout = "1h", output = usize)]
    impl Depot {
        #[choice]
        fn look(orders: Vec<String>) -> Next<Self> {
            if orders.is_empty() { empty(orders) } else { store(orders) }
        }

        #[nested(self: Depot, timeout = "10m", end)]
        fn store(orders: Vec<String>);

        #[pass(end = |orders| orders.len())]
        fn empty(orders: Vec<String>);
    }

    /// Orders within orders: it ends where there are none.
    struct Tree;

    #[derive(Clone, serde::Serialize, serde::Deserialize, Data)]
    struct Node {
        inner: Vec<Node>,
    }

    #[workflow(start = all, timeout = "1h")]
    impl Tree {
        #[map(nested(self: Self), next = |sizes| sum(sizes))]
        fn all(node: Node) -> Vec<Node> {
            node.inner
        }

        #[pass(next = done)]
        fn sum(sizes: Vec<usize>) -> usize {
            1 + sizes.iter().sum::<usize>()
        }

        #[succeed]
        fn done(size: usize);
    }

    #[test]
    fn they_are_exported() {
        assert_eq!(Shop::definition().children[0].name, "Shop");
        assert_eq!(Tree::definition().children[0].name, "Tree");
    }

    #[tokio::test]
    async fn they_run() {
        let leaf = || Node { inner: Vec::new() };
        let tree = Node { inner: vec![leaf(), Node { inner: vec![leaf(), leaf()] }] };
        assert_eq!(Tree.run(tree).await.expect("it has an end"), 5);
        assert_eq!(Depot.run(Vec::new()).await.expect("it has an end"), 0);
    }
}

mod no_timeout_of_its_own {
    use workflow_runtime::prelude::*;

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
        #[nested(self.depot: Depot, timeout = "30s", next = |_| sent())]
        #[catch(States::Timeout => |_, _| sent())]
        fn store(order: String);

        #[succeed]
        fn sent();
    }
}
