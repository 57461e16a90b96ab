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
    #[task(callback, end)]
    async fn ask(&self, invoice: u32, token: TaskToken<Decision>) -> Result<(), MailError> {
        let _ = (invoice, token);
        Ok(())
    }
}

fn main() {}
