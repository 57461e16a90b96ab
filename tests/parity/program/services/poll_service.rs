#[path = "../../../../examples/poll_service/workflow.rs"]
pub(super) mod workflow;

use serde::Deserialize;

use self::workflow::{PollService, Progress, Service, ServiceError};
use crate::Registry;
use crate::script::Script;

pub(super) fn register<R: Registry>(to: R, script: Script) -> R {
    to.add(PollService::new(script))
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Answer<T> {
    Ok(T),
    Throttled,
    Rejected(String),
    Unavailable(String),
}

impl<T> From<Answer<T>> for Result<T, ServiceError> {
    fn from(answer: Answer<T>) -> Self {
        match answer {
            Answer::Ok(value) => Ok(value),
            Answer::Throttled => Err(ServiceError::Throttled),
            Answer::Rejected(reason) => Err(ServiceError::Rejected(reason)),
            Answer::Unavailable(why) => Err(ServiceError::Unavailable(why)),
        }
    }
}

impl Service for Script {
    async fn submit(&self, document: &str) -> Result<String, ServiceError> {
        self.answer_about::<Answer<String>>("submit", document).await.into()
    }

    async fn progress(&self, ticket: &str) -> Result<Progress, ServiceError> {
        self.answer_about::<Answer<Progress>>("progress", ticket).await.into()
    }
}
