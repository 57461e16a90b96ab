//! The twins.

mod misspelt {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = pack, timeout = "1h")]
    impl Shop {
        #[pass(next = |weight| sent(format!("{weight} {}", context.state.entered_time)))]
        fn pack(order: u32) -> String {
            format!("{order} of {}", context.execution.name)
        }

        #[choice]
        fn sent(parcel: String) -> Next<Self> {
            if parcel == context.execution.id { done(parcel) } else { lost(parcel) }
        }

        #[succeed]
        fn done(parcel: String);

        #[succeed]
        fn lost(parcel: String);
    }
}

mod whole {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = pack, timeout = "1h")]
    impl Shop {
        #[pass(next = |_| sent(context.execution.id))]
        fn pack(_order: u32) -> String {
            let execution = context.execution.id;
            execution + "!"
        }

        #[succeed]
        fn sent(id: String);
    }
}

mod retry_count {
    use workflow_runtime::prelude::*;

    struct Child;

    #[workflow(start = done, timeout = "1m")]
    impl Child {
        #[succeed]
        fn done(attempts: u32);
    }

    struct Shop {
        child: Child,
    }

    #[workflow(start = pack, timeout = "1h", output = u32)]
    impl Shop {
        #[pass(next = send)]
        fn pack(order: u32) -> u32 {
            order + 1
        }

        #[nested(self.child: Child, end = |result| result + context.state.retry_count)]
        fn send(order: u32) -> u32 {
            order + 1
        }
    }
}
