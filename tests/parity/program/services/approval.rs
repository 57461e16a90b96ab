#[path = "../../../../examples/approval/workflow.rs"]
mod workflow;

use serde::Deserialize;
use workflow_runtime::TaskToken;

use self::workflow::{ApproveExpense, Decision, Mail, MailError, Question};
use crate::Registry;
use crate::script::Script;

pub(super) fn register<R: Registry>(to: R, script: Script) -> R {
    to.add(ApproveExpense::new(script))
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Sent {
    Ok,
    Unavailable,
}

impl Mail for Script {
    async fn ask(&self, _: &Question, token: &TaskToken<Decision>) -> Result<(), MailError> {
        self.token(token);
        match self.answer("ask").await {
            Sent::Ok => Ok(()),
            Sent::Unavailable => Err(MailError::Unavailable),
        }
    }
}
