#[path = "../../../../examples/batch/poll_service.rs"]
mod poll_service;
#[path = "../../../../examples/batch/workflow.rs"]
mod workflow;

use serde::Deserialize;

use self::poll_service::{PollService, Service, ServiceError};
use self::workflow::DigestDocuments;
use crate::Registry;
use crate::script::Script;

pub(super) fn register<R: Registry>(to: R, script: Script) -> R {
    to.add(DigestDocuments::new(script.clone())).add(PollService::new(script))
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Submission {
    Ok(String),
    Rejected(String),
}

impl Service for Script {
    async fn submit(&self, document: &str) -> Result<String, ServiceError> {
        match self.answer_about("submit", document).await {
            Submission::Ok(ticket) => Ok(ticket),
            Submission::Rejected(reason) => Err(ServiceError::Rejected(reason)),
        }
    }

    async fn summary(&self, ticket: &str) -> Option<String> {
        self.answer_about("summary", ticket).await
    }
}
