//! The files beside this folder, each without its mistake.

mod other_enum {
    use workflow_runtime::prelude::*;

    #[derive(Debug, thiserror::Error, TaskError)]
    enum PackError {
        #[error("no box is large enough")]
        TooLarge,
    }

    #[derive(Debug, thiserror::Error, TaskError)]
    enum PostError {
        #[error("the post is closed")]
        Closed,
    }

    struct Shop;

    #[workflow(start = pack, timeout = "1h")]
    impl Shop {
        #[task(timeout = "30s", next = weigh)]
        #[retry(PackError::TooLarge, max_attempts = 2)]
        async fn pack(&self, order: String) -> Result<String, PackError> {
            if order.is_empty() { Ok(order) } else { Err(PackError::TooLarge) }
        }

        #[task(timeout = "30s", next = sent)]
        #[catch(PostError::Closed => |failure| unsent(failure.message()))]
        async fn weigh(&self, order: String) -> Result<String, PostError> {
            if order.is_empty() { Ok(order) } else { Err(PostError::Closed) }
        }

        #[succeed]
        fn sent(order: String);

        #[fail(error = "Unsent")]
        fn unsent(cause: String) -> String {
            cause
        }
    }
}

mod misspelt_variant {
    use workflow_runtime::prelude::*;

    #[derive(Debug, thiserror::Error, TaskError)]
    enum PackError {
        #[error("no box is large enough")]
        TooLarge,
    }

    struct Shop;

    #[workflow(start = pack, timeout = "1h")]
    impl Shop {
        #[task(timeout = "30s", next = sent)]
        #[retry(PackError::TooLarge, max_attempts = 2)]
        async fn pack(&self, order: String) -> Result<String, PackError> {
            if order.is_empty() { Ok(order) } else { Err(PackError::TooLarge) }
        }

        #[succeed]
        fn sent(order: String);
    }
}

mod never_raised {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = pack, timeout = "1h")]
    impl Shop {
        #[task(timeout = "30s", heartbeat = "10s", next = sent)]
        #[retry(States::HeartbeatTimeout)]
        #[retry(States::Timeout)]
        async fn pack(&self, order: String, _cx: TaskContext) -> String {
            order
        }

        #[succeed]
        fn sent(order: String);
    }
}

mod order {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = pack, timeout = "1h")]
    impl Shop {
        #[task(timeout = "30s", next = weigh)]
        #[retry(States::Timeout)]
        #[retry(States::All)]
        async fn pack(&self, order: String) -> String {
            order
        }

        #[task(timeout = "30s", next = sent)]
        #[retry(States::Timeout)]
        #[catch(States::All => |_failure, order| sent(order))]
        async fn weigh(&self, order: String) -> String {
            order
        }

        #[succeed]
        fn sent(order: String);
    }
}

mod not_a_task_error {
    use workflow_runtime::prelude::*;

    #[derive(Debug, thiserror::Error, TaskError)]
    #[error("the parcel is torn")]
    struct Torn;

    struct Shop;

    #[workflow(start = pack, timeout = "1h")]
    impl Shop {
        #[task(timeout = "30s", next = sent)]
        async fn pack(&self, order: String) -> Result<String, Torn> {
            if order.is_empty() { Ok(order) } else { Err(Torn) }
        }

        #[succeed]
        fn sent(order: String);
    }
}

mod derive {
    use workflow_runtime::prelude::*;

    #[derive(Debug, thiserror::Error, TaskError)]
    enum PackError {
        #[error("no box is large enough")]
        #[task_error(name = "TooLarge")]
        TooLarge,
        #[error("the box is torn")]
        #[task_error(name = "Torn")]
        Torn,
    }

    #[derive(Debug, thiserror::Error, TaskError)]
    enum Unprinted {
        #[error("closed")]
        Closed,
    }
}

mod union {
    use workflow_runtime::prelude::*;

    #[derive(Debug, thiserror::Error, TaskError)]
    enum PackError {
        #[error("torn ({0})")]
        Torn(u32),
    }
}

mod joined_by_commas {
    use workflow_runtime::prelude::*;

    #[derive(Debug, thiserror::Error, TaskError)]
    enum PackError {
        #[error("no box is large enough")]
        TooLarge,
    }

    struct Shop;

    #[workflow(start = pack, timeout = "1h")]
    impl Shop {
        #[task(timeout = "30s", next = sent)]
        #[retry(PackError::TooLarge | States::Timeout, max_attempts = 2)]
        #[catch(PackError::TooLarge | States::Timeout => |failure| unsent(failure.message()))]
        async fn pack(&self, order: String) -> Result<String, PackError> {
            if order.is_empty() { Ok(order) } else { Err(PackError::TooLarge) }
        }

        #[succeed]
        fn sent(order: String);

        #[fail(error = "Unsent")]
        fn unsent(cause: String) -> String {
            cause
        }
    }
}

mod never_out_of_a_branch {
    use workflow_runtime::prelude::*;

    #[derive(Debug, thiserror::Error, TaskError)]
    enum PayError {
        #[error("the card is not valid")]
        Card,
        #[error("there is not enough money")]
        Money,
    }

    struct Charge;

    #[workflow(start = charge, timeout = "1m", output = String)]
    impl Charge {
        #[task(timeout = "30s", end)]
        #[catch(PayError::Card => refused)]
        async fn charge(&self, order: String) -> Result<String, PayError> {
            Ok(order)
        }

        #[fail(error = "Refused")]
        fn refused(failure: Failure);
    }

    struct Label;

    #[workflow(start = label, timeout = "1m")]
    impl Label {
        #[pass(end)]
        fn label(order: String) -> String {
            order
        }
    }

    struct Shop {
        charge: Charge,
        label: Label,
    }

    #[workflow(start = both, timeout = "1h", output = Vec<String>)]
    impl Shop {
        #[parallel(branches(self.charge: Charge, self.label: Label), next = |(order, label)| each(vec![order, label]))]
        #[retry(PayError::Money, max_attempts = 2)]
        #[retry(States::Timeout)]
        #[catch(States::All => lost)]
        fn both(order: String);

        #[map(self.label: Label, end)]
        #[catch(States::All => lost)]
        fn each(orders: Vec<String>);

        #[fail(error = "Lost")]
        fn lost(failure: Failure);
    }

    /// What is a branch is known where it is run.
    struct Both<A> {
        any: A,
        charge: Charge,
    }

    #[workflow(start = both, timeout = "1h", output = ())]
    impl<A: Workflow<Input = String>> Both<A>
    where
        Both<A>: Send + Sync + 'static,
    {
        #[parallel(branches(self.any: A, self.charge: Charge), end = |_| ())]
        #[retry(PayError::Money, max_attempts = 2)]
        fn both(order: String);
    }

    #[tokio::test]
    async fn a_generic_one_runs() {
        Both { any: Label, charge: Charge }.run("a pen".to_owned()).await.expect("nothing fails");
    }
}

mod mistyped {
    use workflow_runtime::prelude::*;

    #[derive(Debug, thiserror::Error, TaskError)]
    enum PackError {
        #[error("it is too large")]
        TooLarge,
        #[error("{0}")]
        Torn(String),
    }

    struct Shop;

    #[workflow(start = pack, timeout = "1h")]
    impl Shop {
        #[task(timeout = "30s", next = weigh)]
        #[retry(PackError::Torn, max_attempts = 2)]
        #[catch(PackError::TooLarge | PackError::Torn => unsent)]
        async fn pack(&self, order: String) -> Result<String, PackError> {
            Ok(order)
        }

        #[task(timeout = "30s", next = stamp)]
        #[retry(PackError::TooLarge | PackError::Torn, max_attempts = 2)]
        #[catch(States::All => unsent)]
        async fn weigh(&self, order: String) -> Result<String, PackError> {
            Ok(order)
        }

        #[task(timeout = "30s", next = sent)]
        #[retry(PackError::TooLarge | PackError::Torn, max_attempts = 2)]
        #[retry(States::All)]
        async fn stamp(&self, order: String) -> Result<String, PackError> {
            Ok(order)
        }

        #[fail(error = "Unsent")]
        fn unsent(failure: Failure);

        #[succeed]
        fn sent(order: String);
    }
}
