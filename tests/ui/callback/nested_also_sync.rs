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
    #[nested(self.clerk: Clerk, callback, sync, timeout = "1d", end)]
    fn ask(invoice: u32, token: TaskToken<bool>) -> Request {
        Request { invoice, token }
    }
}

fn main() {}
