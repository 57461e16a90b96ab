//! The files beside this folder, each without its mistake.

mod unknown {
    use serde::{Deserialize, Serialize};
    use workflow_runtime::prelude::*;

    #[derive(Default, Serialize, Deserialize, Data)]
    struct Progress {
        polls: u32,
        ticket: String,
    }

    struct Poll;

    #[workflow(start = submit, timeout = "1h", variables = Progress)]
    impl Poll {
        #[task(timeout = "10s", next = rest)]
        #[assign(polls = vars.polls + 1)]
        async fn submit(&self, document: String) -> u32 {
            document.len() as u32
        }

        #[wait("10s", next = done)]
        fn rest(size: u32);

        #[pass(end)]
        fn done(size: u32) -> u32 {
            size + vars.polls
        }
    }
}

mod wrong_type {
    use serde::{Deserialize, Serialize};
    use workflow_runtime::prelude::*;

    #[derive(Default, Serialize, Deserialize, Data)]
    struct Progress {
        polls: u32,
        ticket: String,
    }

    struct Poll;

    #[workflow(start = submit, timeout = "1h", variables = Progress)]
    impl Poll {
        #[task(timeout = "10s", next = rest)]
        #[assign(polls = *result, ticket = document.clone())]
        async fn submit(&self, document: String) -> u32 {
            document.len() as u32
        }

        #[wait("10s", next = done)]
        fn rest(size: u32);

        #[pass(end)]
        fn done(size: u32) -> u32 {
            size + vars.polls
        }
    }
}

mod borrowed {
    use serde::{Deserialize, Serialize};
    use workflow_runtime::prelude::*;

    #[derive(Default, Serialize, Deserialize, Data)]
    struct Progress {
        polls: u32,
        ticket: String,
    }

    struct Poll;

    #[workflow(start = submit, timeout = "1h", variables = Progress)]
    impl Poll {
        #[task(timeout = "10s", next = rest)]
        #[assign(ticket = document.clone())]
        async fn submit(&self, document: String) -> u32 {
            document.len() as u32
        }

        #[wait("10s", next = done)]
        fn rest(size: u32);

        #[pass(end)]
        fn done(size: u32) -> u32 {
            {
                let ticket = vars.ticket.clone();
                size + ticket.len() as u32
            }
        }
    }
}

mod misplaced {
    use serde::{Deserialize, Serialize};
    use workflow_runtime::prelude::*;

    #[derive(Default, Serialize, Deserialize, Data)]
    struct Progress {
        polls: u32,
        ticket: String,
    }

    struct Poll;

    #[workflow(start = rest, timeout = "1h", variables = Progress)]
    impl Poll {
        #[wait("10s", next = decide)]
        #[assign(polls = *size)]
        fn rest(size: u32);

        #[choice]
        fn decide(size: u32) -> Next<Self> {
            if size > vars.polls {
                #[assign(polls = 2)]
                done(size)
            } else {
                failed()
            }
        }

        #[succeed]
        fn done(size: u32);

        #[fail(error = "Failed")]
        fn failed();
    }
}

mod none {
    use serde::{Deserialize, Serialize};
    use workflow_runtime::prelude::*;

    #[derive(Default, Serialize, Deserialize, Data)]
    struct Progress {
        polls: u32,
        ticket: String,
    }

    struct Poll;

    #[workflow(start = submit, timeout = "1h", variables = Progress)]
    impl Poll {
        #[task(timeout = "10s", next = done)]
        #[assign(polls = 1)]
        #[catch(States::All => |_, document| done(document.len() as u32), assign(polls = 2))]
        async fn submit(&self, document: String) -> u32 {
            document.len() as u32
        }

        #[pass(end)]
        fn done(size: u32) -> u32 {
            size + vars.polls
        }
    }
}

mod unreadable {
    use serde::{Deserialize, Serialize};
    use workflow_runtime::prelude::*;

    #[derive(Default, Serialize, Deserialize, Data)]
    struct Progress {
        polls: u32,
        ticket: String,
    }

    struct Poll;

    #[workflow(start = submit, timeout = "1h", variables = Progress)]
    impl Poll {
        #[task(timeout = "10s", next = rest)]
        #[assign(polls = 1, ticket = result.to_string())]
        async fn submit(&self, document: String) -> u32 {
            document.len() as u32
        }

        #[wait("10s", next = done)]
        fn rest(size: u32);

        #[pass(end)]
        fn done(size: u32) -> u32 {
            size + vars.polls
        }
    }
}

mod holder {
    use serde::{Deserialize, Serialize};
    use workflow_runtime::prelude::*;

    #[derive(Default, Serialize, Deserialize, Data)]
    struct Progress {
        polls: u32,
        ticket: String,
    }

    struct Poll;

    #[workflow(start = submit, timeout = "1h", variables = Progress)]
    impl Poll {
        #[task(timeout = "10s", next = rest)]
        #[assign(polls = 1)]
        async fn submit(&self, document: String) -> u32 {
            document.len() as u32
        }

        #[wait("10s", next = done)]
        fn rest(size: u32);

        #[pass(end)]
        fn done(size: u32) -> u32 {
            size + vars.polls
        }
    }
}
