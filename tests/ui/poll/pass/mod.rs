//! The files beside this folder, each without its mistake.

mod missing {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = track, timeout = "1h")]
    impl Shop {
        #[poll(every = "10s", deadline = "20m", timeout = "10s", next = sent, on_deadline = lost)]
        async fn track(&self, parcel: String) -> Poll<String> {
            Poll::Ready(parcel)
        }

        #[succeed]
        fn sent(parcel: String);

        #[fail(error = "Lost")]
        fn lost(parcel: String);
    }
}

mod times {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = track, timeout = "30m")]
    impl Shop {
        #[poll(every = "9m 59s", deadline = "10m", timeout = "1s", next = weigh, on_deadline = lost)]
        async fn track(&self, parcel: String) -> Poll<String> {
            Poll::Ready(parcel)
        }

        #[poll(every = "2s", deadline = "30m", timeout = "10s", end, on_deadline = lost)]
        async fn weigh(&self, parcel: String) -> Poll<String> {
            Poll::Ready(parcel)
        }

        #[fail(error = "Lost")]
        fn lost(parcel: String);
    }

    struct Native;

    #[workflow(native, start = track, timeout = "30m")]
    impl Native {
        #[poll(every = "1ms", deadline = "100ms", timeout = "10ms", end, on_deadline = lost)]
        async fn track(&self, parcel: String) -> Poll<String> {
            Poll::Ready(parcel)
        }

        #[fail(error = "Lost")]
        fn lost(parcel: String);
    }
}

mod signature {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = track, timeout = "1h")]
    impl Shop {
        #[poll(every = "10s", deadline = "20m", timeout = "10s", next = weigh, on_deadline = lost)]
        async fn track(&self, parcel: String) -> Poll<String> {
            Poll::Ready(parcel)
        }

        #[poll(every = "10s", deadline = "20m", timeout = "10s", end, on_deadline = lost)]
        async fn weigh(&self, parcel: String, cx: TaskContext) -> Poll<String> {
            if cx.poll_count() > 0 { Poll::Ready(parcel) } else { Poll::Pending }
        }

        #[fail(error = "Lost")]
        fn lost(parcel: String);
    }
}

mod result {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = track, timeout = "1h")]
    impl Shop {
        #[poll(every = "10s", deadline = "20m", timeout = "10s", next = sent, on_deadline = lost)]
        async fn track(&self, parcel: String) -> Poll<String> {
            Some(parcel).into()
        }

        #[succeed]
        fn sent(parcel: String);

        #[fail(error = "Lost")]
        fn lost(parcel: String);
    }

    struct Depot;

    #[workflow(start = track, timeout = "1h")]
    impl Depot {
        #[poll(every = "10s", deadline = "20m", timeout = "10s", next = sent, on_deadline = lost)]
        async fn track(&self, parcel: String) -> workflow_runtime::Poll<String> {
            workflow_runtime::Poll::Ready(parcel)
        }

        #[succeed]
        fn sent(parcel: String);

        #[fail(error = "Lost")]
        fn lost(parcel: String);
    }
}

mod names {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = track, timeout = "1h")]
    impl Shop {
        #[poll(every = "10s", deadline = "20m", timeout = "10s", next = track_wait, on_deadline = lost)]
        async fn track(&self, parcel: String) -> Poll<String> {
            Poll::Ready(parcel)
        }

        #[wait("10s", next = parcels, name = "TrackLater")]
        fn track_wait(parcel: String);

        #[poll(
            name = "A name that has fewer than eighty characters, with the word that is added",
            every = "10s",
            deadline = "20m",
            timeout = "10s",
            end,
            on_deadline = lost
        )]
        async fn parcels(&self, parcel: String) -> Poll<String> {
            Poll::Ready(parcel)
        }

        #[fail(error = "Lost")]
        fn lost(parcel: String);
    }
}

mod options {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = track, timeout = "1h")]
    impl Shop {
        #[poll(every = "10s", deadline = "20m", timeout = "10s", end, on_deadline = lost)]
        async fn track(&self, parcel: String) -> Poll<String> {
            Poll::Ready(parcel)
        }

        #[fail(error = "Lost")]
        fn lost(parcel: String);
    }

    struct Depot;

    #[workflow(start = track, timeout = "1h")]
    impl Depot {
        #[poll(every = "10s", deadline = "20m", timeout = "10s", end, on_deadline = lost)]
        async fn track(&self, parcel: String) -> Poll<String> {
            Poll::Ready(parcel)
        }

        #[fail(error = "Lost")]
        fn lost(parcel: String);
    }
}

mod deadline_edge {
    use workflow_runtime::prelude::*;

    struct Shop;

    #[workflow(start = track, timeout = "1h")]
    impl Shop {
        #[poll(every = "10s", deadline = "20m", timeout = "10s", end, on_deadline = lost)]
        async fn track(&self, parcel: String) -> Poll<u32> {
            Poll::Ready(parcel.len() as u32)
        }

        #[fail(error = "Lost")]
        fn lost(parcel: String);
    }

    struct Depot;

    #[workflow(start = track, timeout = "1h")]
    impl Depot {
        #[poll(every = "10s", deadline = "20m", timeout = "10s", end, on_deadline = |_parcel| lost(1))]
        async fn track(&self, parcel: String) -> Poll<u32> {
            Poll::Ready(parcel.len() as u32)
        }

        #[fail(error = "Lost")]
        fn lost(parcel: u32);
    }
}

mod not_clone {
    use workflow_runtime::prelude::*;

    #[derive(Clone, serde::Serialize, serde::Deserialize, Data)]
    struct Parcel {
        number: u32,
    }

    struct Shop;

    #[workflow(start = track, timeout = "1h")]
    impl Shop {
        #[poll(every = "10s", deadline = "20m", timeout = "10s", end, on_deadline = lost)]
        async fn track(&self, parcel: Parcel) -> Poll<u32> {
            Poll::Ready(parcel.number)
        }

        #[fail(error = "Lost")]
        fn lost(parcel: Parcel);
    }
}

mod not_data {
    use workflow_runtime::prelude::*;

    #[derive(Clone, serde::Serialize, serde::Deserialize, Data)]
    struct Parcel {
        number: u32,
    }

    struct Shop;

    #[workflow(start = track, timeout = "1h")]
    impl Shop {
        #[poll(every = "10s", deadline = "20m", timeout = "10s", end, on_deadline = lost)]
        async fn track(&self, parcel: Parcel) -> Poll<u32> {
            Poll::Ready(parcel.number)
        }

        #[fail(error = "Lost")]
        fn lost(parcel: Parcel);
    }
}

mod errors {
    use workflow_runtime::prelude::*;

    #[derive(Debug, thiserror::Error, TaskError)]
    enum TrackError {
        #[error("there is no such parcel")]
        Unknown,
    }

    #[derive(Debug, thiserror::Error, TaskError)]
    enum WeighError {
        #[error("too heavy")]
        Heavy,
    }

    struct Shop;

    #[workflow(start = track, timeout = "1h")]
    impl Shop {
        #[poll(every = "10s", deadline = "20m", timeout = "10s", end, on_deadline = lost)]
        #[retry(States::Timeout, max_attempts = 2)]
        async fn track(&self, parcel: String) -> Result<Poll<String>, TrackError> {
            if parcel.is_empty() { Err(TrackError::Unknown) } else { Ok(Poll::Ready(parcel)) }
        }

        #[fail(error = "Lost")]
        fn lost(parcel: String);
    }

    struct Depot;

    #[workflow(start = track, timeout = "1h")]
    impl Depot {
        #[poll(every = "10s", deadline = "20m", timeout = "10s", end, on_deadline = lost)]
        #[catch(TrackError::Unknown => |_failure, parcel| lost(parcel))]
        async fn track(&self, parcel: String) -> Result<Poll<String>, TrackError> {
            if parcel.is_empty() { Err(TrackError::Unknown) } else { Ok(Poll::Ready(parcel)) }
        }

        #[fail(error = "Lost")]
        fn lost(parcel: String);
    }
}

mod assign {
    use workflow_runtime::prelude::*;

    #[derive(Clone, Default, serde::Serialize, serde::Deserialize, Data)]
    struct Progress {
        looks: u32,
    }

    struct Shop;

    #[workflow(start = track, timeout = "1h", variables = Progress)]
    impl Shop {
        #[poll(every = "10s", deadline = "20m", timeout = "10s", next = count, on_deadline = lost)]
        async fn track(&self, parcel: String) -> Poll<String> {
            Poll::Ready(parcel)
        }

        #[pass(end)]
        #[assign(looks = vars.looks + 1)]
        fn count(parcel: String);

        #[fail(error = "Lost")]
        fn lost(parcel: String);
    }
}
