use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

#[derive(Clone, Serialize, Deserialize, Data)]
struct Decision {
    approved: bool,
}

#[derive(Debug, thiserror::Error, TaskError)]
#[error("the mail was not sent")]
struct MailError;

struct Gist;

struct Approval;

#[workflow(start = ask, timeout = "30d")]
impl Approval {
    #[task(callback, timeout = "7d", next = |_| done())]
    async fn ask(&self, invoice: u32, token: TaskToken<Gist>) -> Result<(), MailError> {
        let _ = (invoice, token);
        Ok(())
    }

    #[succeed]
    fn done();
}

fn main() {}
