//! The files beside this folder, each without its mistake.

mod without_a_token {
    use serde::{Deserialize, Serialize};
    use workflow_runtime::prelude::*;

    #[derive(Clone, Serialize, Deserialize, Data)]
    struct Decision {
        approved: bool,
    }

    #[derive(Debug, thiserror::Error, TaskError)]
    #[error("the mail was not sent")]
    struct MailError;

    struct Approval;

    #[workflow(start = ask, timeout = "30d")]
    impl Approval {
        #[task(callback, timeout = "7d", end)]
        async fn ask(&self, invoice: u32, token: TaskToken<Decision>) -> Result<(), MailError> {
            let _ = (invoice, token);
            Ok(())
        }
    }
}

mod token_without_callback {
    use serde::{Deserialize, Serialize};
    use workflow_runtime::prelude::*;

    #[derive(Clone, Serialize, Deserialize, Data)]
    struct Decision {
        approved: bool,
    }

    #[derive(Debug, thiserror::Error, TaskError)]
    #[error("the mail was not sent")]
    struct MailError;

    struct Approval;

    #[workflow(start = ask, timeout = "30d")]
    impl Approval {
        #[task(callback, timeout = "7d", end)]
        async fn ask(&self, invoice: u32, token: TaskToken<Decision>) -> Result<(), MailError> {
            let _ = (invoice, token);
            Ok(())
        }
    }
}

mod two_tokens {
    use serde::{Deserialize, Serialize};
    use workflow_runtime::prelude::*;

    #[derive(Clone, Serialize, Deserialize, Data)]
    struct Decision {
        approved: bool,
    }

    #[derive(Debug, thiserror::Error, TaskError)]
    #[error("the mail was not sent")]
    struct MailError;

    struct Approval;

    #[workflow(start = ask, timeout = "30d")]
    impl Approval {
        #[task(callback, timeout = "7d", end)]
        async fn ask(&self, invoice: u32, token: TaskToken<Decision>) -> Result<(), MailError> {
            let _ = (invoice, token);
            Ok(())
        }
    }
}

mod token_before_the_input {
    use serde::{Deserialize, Serialize};
    use workflow_runtime::prelude::*;

    #[derive(Clone, Serialize, Deserialize, Data)]
    struct Decision {
        approved: bool,
    }

    #[derive(Debug, thiserror::Error, TaskError)]
    #[error("the mail was not sent")]
    struct MailError;

    struct Approval;

    #[workflow(start = ask, timeout = "30d")]
    impl Approval {
        #[task(callback, timeout = "7d", end)]
        async fn ask(&self, invoice: u32, token: TaskToken<Decision>) -> Result<(), MailError> {
            let _ = (invoice, token);
            Ok(())
        }
    }
}

mod context_before_the_token {
    use serde::{Deserialize, Serialize};
    use workflow_runtime::prelude::*;

    #[derive(Clone, Serialize, Deserialize, Data)]
    struct Decision {
        approved: bool,
    }

    #[derive(Debug, thiserror::Error, TaskError)]
    #[error("the mail was not sent")]
    struct MailError;

    struct Approval;

    #[workflow(start = ask, timeout = "30d")]
    impl Approval {
        #[task(callback, timeout = "7d", end)]
        async fn ask(&self, invoice: u32, token: TaskToken<Decision>, _cx: TaskContext) -> Result<(), MailError> {
            let _ = (invoice, token);
            Ok(())
        }
    }
}

mod token_without_a_type {
    use serde::{Deserialize, Serialize};
    use workflow_runtime::prelude::*;

    #[derive(Clone, Serialize, Deserialize, Data)]
    struct Decision {
        approved: bool,
    }

    #[derive(Debug, thiserror::Error, TaskError)]
    #[error("the mail was not sent")]
    struct MailError;

    struct Approval;

    #[workflow(start = ask, timeout = "30d")]
    impl Approval {
        #[task(callback, timeout = "7d", end)]
        async fn ask(&self, invoice: u32, token: TaskToken<Decision>) -> Result<(), MailError> {
            let _ = (invoice, token);
            Ok(())
        }
    }
}

mod with_a_value {
    use serde::{Deserialize, Serialize};
    use workflow_runtime::prelude::*;

    #[derive(Clone, Serialize, Deserialize, Data)]
    struct Decision {
        approved: bool,
    }

    #[derive(Debug, thiserror::Error, TaskError)]
    #[error("the mail was not sent")]
    struct MailError;

    struct Approval;

    #[workflow(start = ask, timeout = "30d")]
    impl Approval {
        #[task(callback, timeout = "7d", end)]
        async fn ask(&self, invoice: u32, token: TaskToken<Decision>) -> Result<(), MailError> {
            let _ = (invoice, token);
            Ok(())
        }
    }
}

mod result_of_the_method {
    use serde::{Deserialize, Serialize};
    use workflow_runtime::prelude::*;

    #[derive(Clone, Serialize, Deserialize, Data)]
    struct Decision {
        approved: bool,
    }

    #[derive(Debug, thiserror::Error, TaskError)]
    #[error("the mail was not sent")]
    struct MailError;

    struct Approval;

    #[workflow(start = ask, timeout = "30d")]
    impl Approval {
        #[task(callback, timeout = "7d", end)]
        async fn ask(&self, invoice: u32, token: TaskToken<Decision>) -> Result<(), MailError> {
            let _ = (invoice, token);
            Ok(())
        }
    }
}

mod without_a_timeout {
    use serde::{Deserialize, Serialize};
    use workflow_runtime::prelude::*;

    #[derive(Clone, Serialize, Deserialize, Data)]
    struct Decision {
        approved: bool,
    }

    #[derive(Debug, thiserror::Error, TaskError)]
    #[error("the mail was not sent")]
    struct MailError;

    struct Approval;

    #[workflow(start = ask, timeout = "30d")]
    impl Approval {
        #[task(callback, timeout = "7d", end)]
        async fn ask(&self, invoice: u32, token: TaskToken<Decision>) -> Result<(), MailError> {
            let _ = (invoice, token);
            Ok(())
        }
    }
}

mod heartbeat {
    use serde::{Deserialize, Serialize};
    use workflow_runtime::prelude::*;

    #[derive(Clone, Serialize, Deserialize, Data)]
    struct Decision {
        approved: bool,
    }

    #[derive(Debug, thiserror::Error, TaskError)]
    #[error("the mail was not sent")]
    struct MailError;

    struct Approval;

    #[workflow(start = ask, timeout = "30d")]
    impl Approval {
        #[task(callback, timeout = "1h", heartbeat = "30m", end)]
        async fn ask(&self, invoice: u32, token: TaskToken<Decision>) -> Result<(), MailError> {
            let _ = (invoice, token);
            Ok(())
        }
    }
}

mod result_not_data {
    use serde::{Deserialize, Serialize};
    use workflow_runtime::prelude::*;

    #[derive(Clone, Serialize, Deserialize, Data)]
    struct Decision {
        approved: bool,
    }

    #[derive(Debug, thiserror::Error, TaskError)]
    #[error("the mail was not sent")]
    struct MailError;

    struct Approval;

    #[workflow(start = ask, timeout = "30d")]
    impl Approval {
        #[task(callback, timeout = "7d", next = |_| done())]
        async fn ask(&self, invoice: u32, token: TaskToken<Decision>) -> Result<(), MailError> {
            let _ = (invoice, token);
            Ok(())
        }

        #[succeed]
        fn done();
    }
}

mod in_express {
    use serde::{Deserialize, Serialize};
    use workflow_runtime::prelude::*;

    #[derive(Clone, Serialize, Deserialize, Data)]
    struct Decision {
        approved: bool,
    }

    #[derive(Debug, thiserror::Error, TaskError)]
    #[error("the mail was not sent")]
    struct MailError;

    struct Approval;

    #[workflow(start = ask, timeout = "5m")]
    impl Approval {
        #[task(callback, timeout = "1m", end)]
        async fn ask(&self, invoice: u32, token: TaskToken<Decision>) -> Result<(), MailError> {
            let _ = (invoice, token);
            Ok(())
        }
    }
}

mod nested_without_a_body {
    use serde::{Deserialize, Serialize};
    use workflow_runtime::prelude::*;

    #[derive(Clone, Serialize, Deserialize, Data)]
    struct Request {
        invoice: u32,
        token: TaskToken<bool>,
    }

    #[derive(Clone)]
    struct Clerk;

    #[workflow(start = done, timeout = "1h")]
    impl Clerk {
        #[succeed]
        fn done(request: Request);
    }

    struct Office {
        clerk: Clerk,
    }

    #[workflow(start = ask, timeout = "30d")]
    impl Office {
        #[nested(self.clerk: Clerk, callback, timeout = "1d", end)]
        fn ask(request: Request, token: TaskToken<bool>) -> Request {
            Request { token, invoice: request.invoice }
        }
    }
}

mod nested_without_a_timeout {
    use serde::{Deserialize, Serialize};
    use workflow_runtime::prelude::*;

    #[derive(Clone, Serialize, Deserialize, Data)]
    struct Request {
        invoice: u32,
        token: TaskToken<bool>,
    }

    #[derive(Clone)]
    struct Clerk;

    #[workflow(start = done, timeout = "1h")]
    impl Clerk {
        #[succeed]
        fn done(request: Request);
    }

    struct Office {
        clerk: Clerk,
    }

    #[workflow(start = ask, timeout = "30d")]
    impl Office {
        #[nested(self.clerk: Clerk, callback, timeout = "1d", end)]
        fn ask(invoice: u32, token: TaskToken<bool>) -> Request {
            Request { invoice, token }
        }
    }
}

mod nested_without_a_token {
    use serde::{Deserialize, Serialize};
    use workflow_runtime::prelude::*;

    #[derive(Clone, Serialize, Deserialize, Data)]
    struct Request {
        invoice: u32,
        token: TaskToken<bool>,
    }

    #[derive(Clone)]
    struct Clerk;

    #[workflow(start = done, timeout = "1h")]
    impl Clerk {
        #[succeed]
        fn done(request: Request);
    }

    struct Office {
        clerk: Clerk,
    }

    #[workflow(start = ask, timeout = "30d")]
    impl Office {
        #[nested(self.clerk: Clerk, callback, timeout = "1d", end)]
        fn ask(invoice: u32, token: TaskToken<bool>) -> Request {
            Request { invoice, token }
        }
    }
}

mod nested_also_sync {
    use serde::{Deserialize, Serialize};
    use workflow_runtime::prelude::*;

    #[derive(Clone, Serialize, Deserialize, Data)]
    struct Request {
        invoice: u32,
        token: TaskToken<bool>,
    }

    #[derive(Clone)]
    struct Clerk;

    #[workflow(start = done, timeout = "1h")]
    impl Clerk {
        #[succeed]
        fn done(request: Request);
    }

    struct Office {
        clerk: Clerk,
    }

    #[workflow(start = ask, timeout = "30d")]
    impl Office {
        #[nested(self.clerk: Clerk, callback, timeout = "1d", end)]
        fn ask(invoice: u32, token: TaskToken<bool>) -> Request {
            Request { invoice, token }
        }
    }
}

mod nested_heartbeat {
    use serde::{Deserialize, Serialize};
    use workflow_runtime::prelude::*;

    #[derive(Clone, Serialize, Deserialize, Data)]
    struct Request {
        invoice: u32,
        token: TaskToken<bool>,
    }

    #[derive(Clone)]
    struct Clerk;

    #[workflow(start = done, timeout = "1h")]
    impl Clerk {
        #[succeed]
        fn done(request: Request);
    }

    struct Office {
        clerk: Clerk,
    }

    #[workflow(start = ask, timeout = "30d")]
    impl Office {
        #[nested(self.clerk: Clerk, timeout = "1d", end)]
        fn ask(request: Request);
    }
}
