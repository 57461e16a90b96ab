//! The polling workflow, from the start to each of its ends.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
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
    Finished { pages: u32, polls: u32 },
    Refused { reason: String },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
pub struct Report {
    pub pages: u32,
    pub polls: u32,
}

#[derive(Debug, thiserror::Error, TaskError)]
pub enum ServiceError {
    #[error("too many requests")]
    Throttled,
    #[error("the job was rejected: {0}")]
    Rejected(String),
}

pub struct PollService {
    throttled: AtomicU32,
    polls: u32,
}

/// Calls a service that answers later, and polls it until the answer is there.
#[workflow(start = call_service, timeout = "1h")]
impl PollService {
    /// Hand the job to the service.
    #[task(timeout = "30s", next = |ticket| wait_for_result(Pending { ticket, polls: 0 }))]
    #[retry(ServiceError::Throttled, interval = "2s", max_attempts = 5, backoff_rate = 2.0, max_delay = "1m", jitter = full)]
    #[catch(ServiceError::Rejected => |failure| refused(failure.message()))]
    async fn call_service(&self, job: Job) -> Result<String, ServiceError> {
        if self.throttled.load(Ordering::Relaxed) > 0 {
            self.throttled.fetch_sub(1, Ordering::Relaxed);
            return Err(ServiceError::Throttled);
        }
        match job.document.as_str() {
            "" => Err(ServiceError::Rejected("the document is empty".to_owned())),
            document => Ok(format!("ticket of {document}")),
        }
    }

    #[wait("10s", next = poll_result)]
    fn wait_for_result(pending: Pending);

    #[task(timeout = "10s", next = is_ready)]
    #[retry(States::Timeout | States::TaskFailed, max_attempts = 3)]
    async fn poll_result(&self, pending: Pending) -> Result<Answer, ServiceError> {
        let polls = pending.polls + 1;
        Ok(if polls < self.polls {
            Answer::Running(Pending { polls, ..pending })
        } else {
            Answer::Finished { pages: 3, polls }
        })
    }

    #[choice]
    fn is_ready(answer: Answer) -> Next<Self> {
        match answer {
            Answer::Running(pending) if pending.polls < 100 => wait_for_result(pending),
            Answer::Running(pending) => gave_up(pending),
            Answer::Finished { pages, polls } => done(Report { pages, polls }),
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

fn service(throttled: u32, polls: u32) -> PollService {
    PollService { throttled: AtomicU32::new(throttled), polls }
}

fn job(document: &str) -> Job {
    Job { document: document.to_owned() }
}

#[tokio::test(start_paused = true)]
async fn polls_until_the_answer_is_there() {
    let begun = tokio::time::Instant::now();
    let report = service(0, 4).run(job("a")).await;
    assert_eq!(report, Ok(Report { pages: 3, polls: 4 }));
    assert_eq!(begun.elapsed(), Duration::from_secs(40));
}

#[tokio::test(start_paused = true)]
async fn gives_up() {
    let failure = service(3, 200).run(job("a")).await.expect_err("there are too many polls");
    assert_eq!(failure, ExecutionError::Failed(Failure::new("PollLimit", "no answer after 100 polls")));
}

#[tokio::test(start_paused = true)]
async fn is_refused() {
    let failure = service(3, 200).run(job("")).await.expect_err("there is no document");
    let cause = "the job was rejected: the document is empty";
    assert_eq!(failure, ExecutionError::Failed(Failure::new("Refused", cause)));
}

#[test]
fn exports() {
    println!("{}", workflow_runtime::model::asl::write(&PollService::definition()).unwrap());
}
