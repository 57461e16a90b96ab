//! `cargo test --example poll_service`: the workflow against a fake service under tokio's paused clock, where minutes take no
//! time, and the real client against the real service.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time::Instant;
use workflow_runtime::prelude::*;

use crate::client::HttpClient;
use crate::service::{self, Pace};
use crate::workflow::{Job, PollService, Progress, Report, Service, ServiceError};

/// What a fake answers to its n-th request, and how long it takes to.
type Script<T> = fn(usize) -> (Duration, Result<T, ServiceError>);

/// A service that does as it is told, and notes when it was asked.
struct Fake {
    begun: Instant,
    submit: Script<&'static str>,
    progress: Script<Progress>,
    submissions: Mutex<Vec<Duration>>,
    polls: Mutex<Vec<Duration>>,
}

impl Fake {
    fn new(submit: Script<&'static str>, progress: Script<Progress>) -> Arc<Self> {
        let (submissions, polls) = Default::default();
        Arc::new(Fake { begun: Instant::now(), submit, progress, submissions, polls })
    }

    /// Notes a request, and answers it.
    async fn answer<T>(&self, log: &Mutex<Vec<Duration>>, script: Script<T>) -> Result<T, ServiceError> {
        let number = {
            let mut log = log.lock().unwrap();
            log.push(self.begun.elapsed());
            log.len()
        };
        let (delay, answer) = script(number);
        tokio::time::sleep(delay).await;
        answer
    }

    fn submissions(&self) -> Vec<Duration> {
        self.submissions.lock().unwrap().clone()
    }

    fn polls(&self) -> Vec<Duration> {
        self.polls.lock().unwrap().clone()
    }
}

impl Service for Arc<Fake> {
    async fn submit(&self, _document: &str) -> Result<String, ServiceError> {
        self.answer(&self.submissions, self.submit).await.map(str::to_owned)
    }

    async fn progress(&self, ticket: &str) -> Result<Progress, ServiceError> {
        assert_eq!(ticket, "T1");
        self.answer(&self.polls, self.progress).await
    }
}

const AT_ONCE: Duration = Duration::ZERO;

fn accept(_: usize) -> (Duration, Result<&'static str, ServiceError>) {
    (AT_ONCE, Ok("T1"))
}

fn finish(_: usize) -> (Duration, Result<Progress, ServiceError>) {
    (AT_ONCE, Ok(Progress::Finished { summary: "short".to_owned() }))
}

fn seconds<const N: usize>(seconds: [u64; N]) -> [Duration; N] {
    seconds.map(Duration::from_secs)
}

fn job(document: &str) -> Job {
    Job { document: document.to_owned() }
}

async fn run(fake: &Arc<Fake>) -> Result<Report, ExecutionError> {
    PollService::new(fake.clone()).run(job("long")).await
}

fn report(polls: u32) -> Report {
    Report { summary: "short".to_owned(), polls }
}

fn failure(error: &str, message: &str) -> ExecutionError {
    ExecutionError::Failed(Failure::new(error, message))
}

#[tokio::test(start_paused = true)]
async fn polls_until_the_answer_is_there() {
    let fake = Fake::new(accept, |poll| if poll < 4 { (AT_ONCE, Ok(Progress::Running)) } else { finish(poll) });
    assert_eq!(run(&fake).await, Ok(report(4)));
    assert_eq!(fake.polls(), seconds([1, 2, 3, 4]));
}

#[tokio::test(start_paused = true)]
async fn submits_again_when_throttled() {
    let fake = Fake::new(|call| if call < 3 { (AT_ONCE, Err(ServiceError::Throttled)) } else { accept(call) }, finish);
    assert_eq!(run(&fake).await, Ok(report(1)));
    assert_eq!(fake.submissions().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn stops_submitting_when_throttled_for_good() {
    let fake = Fake::new(|_| (AT_ONCE, Err(ServiceError::Throttled)), finish);
    let error = ExecutionError::Failed(Failure::of_task("ServiceError.Throttled", "too many requests"));
    assert_eq!(run(&fake).await, Err(error));
    let submissions = fake.submissions();
    assert_eq!(submissions.len(), 6, "the first attempt, and five more");
    // The interval doubles, and full jitter takes any part of it.
    for (pair, longest) in submissions.windows(2).zip(seconds([1, 2, 4, 8, 16])) {
        assert!(pair[1] - pair[0] <= longest, "{submissions:?}");
    }
    assert!(submissions[5] > Duration::from_millis(100), "it does not submit again at once: {submissions:?}");
}

#[tokio::test(start_paused = true)]
async fn fails_when_the_job_is_rejected() {
    let fake = Fake::new(|_| (AT_ONCE, Err(ServiceError::Rejected("no thanks".to_owned()))), finish);
    assert_eq!(run(&fake).await, Err(failure("Refused", "the job was rejected: no thanks")));
    assert_eq!((fake.submissions().len(), fake.polls().len()), (1, 0));
}

#[tokio::test(start_paused = true)]
async fn fails_when_the_service_refuses_later() {
    let fake = Fake::new(accept, |_| (AT_ONCE, Ok(Progress::Refused { reason: "not text".to_owned() })));
    assert_eq!(run(&fake).await, Err(failure("Refused", "not text")));
}

#[tokio::test(start_paused = true)]
async fn gives_up_after_100_polls() {
    let fake = Fake::new(accept, |_| (AT_ONCE, Ok(Progress::Running)));
    assert_eq!(run(&fake).await, Err(failure("PollLimit", "no answer after 100 polls")));
    assert_eq!(fake.polls().len(), 100);
    assert_eq!(fake.begun.elapsed(), Duration::from_secs(100));
}

#[tokio::test(start_paused = true)]
async fn asks_again_when_a_poll_takes_too_long() {
    let fake = Fake::new(accept, |poll| if poll == 1 { (Duration::MAX, Ok(Progress::Running)) } else { finish(poll) });
    assert_eq!(run(&fake).await, Ok(report(1)));
    // The first poll is given 10 s, and the retry comes a second later.
    assert_eq!(fake.polls(), seconds([1, 12]));
}

#[tokio::test(start_paused = true)]
async fn fails_when_the_service_is_gone() {
    let fake = Fake::new(accept, |_| (AT_ONCE, Err(ServiceError::Unavailable("connection refused".to_owned()))));
    let message = "the service does not answer: connection refused";
    let error = ExecutionError::Failed(Failure::of_task("ServiceError.Unavailable", message));
    assert_eq!(run(&fake).await, Err(error));
    assert_eq!(fake.polls(), seconds([1, 2, 4, 8]));
}

#[tokio::test(start_paused = true)]
async fn ends_when_the_workflow_takes_too_long() {
    // A hundred polls of 9 s would be within the poll limit, and beyond the workflow's 10 minutes.
    let fake = Fake::new(accept, |_| (Duration::from_secs(9), Ok(Progress::Running)));
    assert_eq!(run(&fake).await, Err(ExecutionError::TimedOut));
    assert_eq!(fake.begun.elapsed(), Duration::from_secs(600));
}

/// A client of a real service that takes this long for a word, and as long between two jobs.
async fn real(time: Duration) -> HttpClient {
    let address = service::start(Pace { time_per_word: time, time_between_jobs: time }).await.unwrap();
    HttpClient::new(format!("http://{address}"))
}

#[tokio::test]
async fn runs_against_the_real_service() {
    let report = PollService::new(real(AT_ONCE).await).run(job("one two three")).await;
    assert_eq!(report, Ok(Report { summary: "one two".to_owned(), polls: 1 }));
}

#[tokio::test]
async fn the_client_understands_the_busy_service() {
    let client = real(Duration::from_secs(3_600)).await;
    assert_eq!(client.submit(" ").await, Err(ServiceError::Rejected("the document is empty".to_owned())));
    let ticket = client.submit("one").await.unwrap();
    assert_eq!(client.submit("two").await, Err(ServiceError::Throttled));
    assert_eq!(client.progress(&ticket).await, Ok(Progress::Running));
    assert_eq!(client.progress("7").await, Err(ServiceError::Unavailable("404 Not Found".to_owned())));
}

#[tokio::test]
async fn the_client_understands_the_idle_service() {
    let client = real(AT_ONCE).await;
    let ticket = client.submit("\u{FFFD}").await.unwrap();
    let reason = "the document is not in UTF-8".to_owned();
    assert_eq!(client.progress(&ticket).await, Ok(Progress::Refused { reason }));
    let ticket = client.submit("one two").await.unwrap();
    assert_eq!(client.progress(&ticket).await, Ok(Progress::Finished { summary: "one".to_owned() }));
}

#[tokio::test]
async fn the_client_says_when_there_is_no_service() {
    let nobody = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let answer = HttpClient::new(format!("http://{nobody}")).submit("long").await;
    assert!(matches!(answer, Err(ServiceError::Unavailable(_))), "{answer:?}");
}
