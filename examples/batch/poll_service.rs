//! The building block: it hands a document to a service that answers later, and polls that until the answer is there. It is the workflow
//! of the `poll_service` example, with a `#[poll]` in the place of the loop.

use std::future::Future;

use serde::{Deserialize, Serialize};
use workflow_runtime::Poll;
use workflow_runtime::prelude::*;

/// What the workflow needs of the service.
pub trait Service: Send + Sync + 'static {
    /// Hands in a document, and gets a ticket for it.
    fn submit(&self, document: &str) -> impl Future<Output = Result<String, ServiceError>> + Send;

    /// The summary of the document with this ticket, once there is one.
    fn summary(&self, ticket: &str) -> impl Future<Output = Option<String>> + Send;
}

#[derive(Debug, PartialEq, thiserror::Error, TaskError)]
pub enum ServiceError {
    #[error("the job was rejected: {0}")]
    Rejected(String),
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
pub struct Job {
    pub document: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
pub struct Report {
    pub summary: String,
}

pub struct PollService<C> {
    client: C,
}

impl<C> PollService<C> {
    pub fn new(client: C) -> Self {
        PollService { client }
    }
}

/// Calls a service that answers later, and polls it until the answer is there.
#[workflow(start = call_service, timeout = "10m")]
impl<C: Service> PollService<C> {
    /// Hand the job to the service.
    #[task(timeout = "30s", next = poll_result)]
    #[catch(ServiceError::Rejected => |failure| refused(failure.message()))]
    async fn call_service(&self, job: Job) -> Result<String, ServiceError> {
        self.client.submit(&job.document).await
    }

    /// Ask the service every second, for five minutes at most.
    #[poll(every = "1s", deadline = "5m", timeout = "10s", next = |summary| done(Report { summary }), on_deadline = |ticket| gave_up(ticket))]
    #[retry(States::Timeout, max_attempts = 3)]
    async fn poll_result(&self, ticket: String) -> Poll<String> {
        match self.client.summary(&ticket).await {
            Some(summary) => Poll::Ready(summary),
            None => Poll::Pending,
        }
    }

    #[succeed]
    fn done(report: Report);

    #[fail(error = "PollLimit")]
    fn gave_up(ticket: String) -> String {
        format!("no answer for {ticket} within five minutes")
    }

    #[fail(error = "Refused")]
    fn refused(reason: String) -> String {
        reason
    }
}
