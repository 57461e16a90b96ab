#[path = "../../../../examples/poll_service/workflow.rs"]
mod poll_service;
#[path = "../../../../examples/nested/workflow.rs"]
mod workflow;

use serde::Deserialize;

use self::poll_service::{PollService, Progress, Service, ServiceError};
use self::workflow::Headline;
use crate::Registry;
use crate::script::Script;

pub(super) fn register<R: Registry>(to: R, script: Script) -> R {
    to.add(Headline::new(PollService::new(script.clone()))).add(PollService::new(script))
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Submission {
    Ok(String),
    Throttled,
    Rejected(String),
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Asked {
    Ok(Progress),
    Unavailable(String),
}

impl Service for Script {
    async fn submit(&self, document: &str) -> Result<String, ServiceError> {
        match self.answer(&format!("submit {document}")).await {
            Submission::Ok(ticket) => Ok(ticket),
            Submission::Throttled => Err(ServiceError::Throttled),
            Submission::Rejected(reason) => Err(ServiceError::Rejected(reason)),
        }
    }

    async fn progress(&self, ticket: &str) -> Result<Progress, ServiceError> {
        match self.answer(&format!("progress {ticket}")).await {
            Asked::Ok(progress) => Ok(progress),
            Asked::Unavailable(why) => Err(ServiceError::Unavailable(why)),
        }
    }
}
