//! The workflow: it hands a document to a service that answers later, and asks until the answer is there.

use std::future::Future;

use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

/// What the workflow needs of the service. `client.rs` does it over HTTP; a test does it in a line or two.
pub trait Service: Send + Sync + 'static {
    /// Hands in a document, and gets a ticket for it.
    fn submit(&self, document: &str) -> impl Future<Output = Result<String, ServiceError>> + Send;

    /// Asks how far the job with this ticket is.
    fn progress(&self, ticket: &str) -> impl Future<Output = Result<Progress, ServiceError>> + Send;
}

/// How far a job is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Progress {
    Running,
    Finished { summary: String },
    Refused { reason: String },
}

#[derive(Debug, PartialEq, thiserror::Error, TaskError)]
pub enum ServiceError {
    #[error("too many requests")]
    Throttled,
    #[error("the job was rejected: {0}")]
    Rejected(String),
    #[error("the service does not answer: {0}")]
    Unavailable(String),
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
pub struct Job {
    pub document: String,
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
pub struct Pending {
    pub ticket: String,
    pub polls: u32,
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Answer {
    Running(Pending),
    Finished { summary: String, polls: u32 },
    Refused { reason: String },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
pub struct Report {
    pub summary: String,
    pub polls: u32,
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
    #[task(timeout = "30s", next = |ticket| wait_for_result(Pending { ticket, polls: 0 }))]
    #[retry(ServiceError::Throttled, interval = "1s", max_attempts = 5, backoff_rate = 2.0, max_delay = "1m", jitter = full)]
    #[catch(ServiceError::Rejected => |failure| refused(failure.message()))]
    async fn call_service(&self, job: Job) -> Result<String, ServiceError> {
        self.client.submit(&job.document).await
    }

    #[wait("1s", next = poll_result)]
    fn wait_for_result(pending: Pending);

    /// Ask the service whether it is done.
    #[task(timeout = "10s", next = is_ready)]
    #[retry(States::Timeout | States::TaskFailed, max_attempts = 3)]
    async fn poll_result(&self, pending: Pending) -> Result<Answer, ServiceError> {
        let polls = pending.polls + 1;
        Ok(match self.client.progress(&pending.ticket).await? {
            Progress::Running => Answer::Running(Pending { polls, ..pending }),
            Progress::Finished { summary } => Answer::Finished { summary, polls },
            Progress::Refused { reason } => Answer::Refused { reason },
        })
    }

    #[choice]
    fn is_ready(answer: Answer) -> Next<Self> {
        match answer {
            Answer::Running(pending) if pending.polls < 100 => wait_for_result(pending),
            Answer::Running(pending) => gave_up(pending),
            Answer::Finished { summary, polls } => done(Report { summary, polls }),
            Answer::Refused { reason } => refused(reason),
        }
    }

    #[succeed]
    fn done(report: Report);

    #[fail(error = "PollLimit")]
    fn gave_up(pending: Pending) -> String {
        format!("no answer after {} polls", pending.polls)
    }

    #[fail(error = "Refused")]
    fn refused(reason: String) -> String {
        reason
    }
}
