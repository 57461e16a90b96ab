//! Polls: answers, deadlines, retriers and catchers, and what an attempt knows.

use std::sync::Mutex;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};
use tokio::time::{Instant, sleep};
use workflow_runtime::prelude::*;

use crate::{engine, types};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
struct Job {
    name: String,
    /// How many attempts find no answer.
    pending: u32,
}

fn job(pending: u32) -> Job {
    Job { name: "report".to_owned(), pending }
}

#[derive(Debug, thiserror::Error, TaskError)]
enum ServiceError {
    #[error("busy")]
    Busy,
    #[error("there is no {0}")]
    Unknown(String),
}

/// What each attempt is to do besides, and what it knew.
#[derive(Default)]
struct Report {
    /// Fails the attempts with these numbers.
    failing: Vec<(usize, fn() -> ServiceError)>,
    /// How long each attempt takes.
    takes: Duration,
    seen: Mutex<Vec<(u32, u32, Duration)>>,
}

#[workflow(start = await_report, timeout = "2h")]
impl Report {
    #[poll(
        every = "10s",
        deadline = "1m",
        timeout = "30s",
        next = |pages, job: Job| done((job.name, pages)),
        on_deadline = |job: Job| gave_up(job.name)
    )]
    #[retry(ServiceError::Busy, interval = "2s", max_attempts = 2)]
    #[catch(ServiceError::Unknown => |failure, job| unknown(format!("{}: {}", job.name, failure.message())))]
    async fn await_report(&self, job: Job, cx: TaskContext) -> Result<Poll<u32>, ServiceError> {
        let number = {
            let mut seen = self.seen.lock().expect("no attempt panics");
            let since = cx.polling_since().expect("this is a poll");
            let began =
                seen.first().map_or(Duration::ZERO, |_| since.duration_since(SystemTime::UNIX_EPOCH).expect("now"));
            seen.push((cx.poll_count(), cx.retry_count(), began));
            seen.len() - 1
        };
        sleep(self.takes).await;
        match self.failing.iter().find(|(failing, _)| *failing == number) {
            Some((_, error)) => Err(error()),
            None if cx.poll_count() < job.pending => Ok(Poll::Pending),
            None => Ok(Poll::Ready(job.pending * 7)),
        }
    }

    #[succeed]
    fn done(pages: (String, u32));

    #[fail(error = "GaveUp")]
    fn gave_up(name: String) -> String {
        format!("no answer for {name}")
    }

    #[fail(error = "Unknown")]
    fn unknown(cause: String) -> String {
        cause
    }
}

/// Runs it, and says how long that took.
async fn run(report: Report, pending: u32) -> (Result<(String, u32), ExecutionError>, Duration) {
    let begun = Instant::now();
    (report.run(job(pending)).await, begun.elapsed())
}

fn failed(error: &str, cause: &str) -> ExecutionError {
    ExecutionError::Failed(Failure::new(error, cause))
}

#[tokio::test(start_paused = true)]
async fn the_first_attempt_is_made_at_once() {
    let (result, took) = run(Report::default(), 0).await;
    assert_eq!(result, Ok(("report".to_owned(), 0)));
    assert_eq!(took, Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn it_polls_until_there_is_an_answer() {
    let (result, took) = run(Report::default(), 5).await;
    assert_eq!(result, Ok(("report".to_owned(), 35)));
    assert_eq!(took, Duration::from_secs(50));
}

#[tokio::test(start_paused = true)]
async fn no_attempt_begins_at_the_deadline() {
    // Attempts are made after 0, 10, …, 50 seconds; that after 60 would begin when the deadline is over.
    let (result, took) = run(Report::default(), 6).await;
    assert_eq!(result, Err(failed("GaveUp", "no answer for report")));
    assert_eq!(took, Duration::from_secs(50));
    // Slow attempts leave time for fewer: after 0, 17, 34 and 51 seconds.
    let (result, took) = run(Report { takes: Duration::from_secs(7), ..Report::default() }, 6).await;
    assert_eq!(result, Err(failed("GaveUp", "no answer for report")));
    assert_eq!(took, Duration::from_secs(58));
}

#[tokio::test(start_paused = true)]
async fn a_retry_is_no_poll() {
    let report = Report { failing: vec![(1, || ServiceError::Busy)], ..Report::default() };
    let begun = Instant::now();
    assert_eq!(report.run(job(2)).await, Ok(("report".to_owned(), 14)));
    assert_eq!(begun.elapsed(), Duration::from_secs(22));
    let seen = report.seen.into_inner().expect("no attempt panics");
    let counts: Vec<_> = seen.iter().map(|&(polls, retries, _)| (polls, retries)).collect();
    assert_eq!(counts, [(0, 0), (1, 0), (1, 1), (2, 0)]);
    assert!(seen[1..].windows(2).all(|two| two[0].2 == two[1].2), "the time of the first entry changes in {seen:?}");
}

#[tokio::test(start_paused = true)]
async fn an_error_is_caught() {
    let report = Report { failing: vec![(2, || ServiceError::Unknown("job".to_owned()))], ..Report::default() };
    let (result, took) = run(report, 5).await;
    assert_eq!(result, Err(failed("Unknown", "report: there is no job")));
    assert_eq!(took, Duration::from_secs(20));
}

#[tokio::test(start_paused = true)]
async fn an_attempt_that_takes_too_long_times_out() {
    let (result, took) = run(Report { takes: Duration::from_secs(31), ..Report::default() }, 5).await;
    assert_eq!(result, Err(failed("States.Timeout", "")));
    assert_eq!(took, Duration::from_secs(30));
}

#[tokio::test(start_paused = true)]
async fn the_history_shows_each_state_of_the_loop() {
    let engine = engine(Report::default()).await;
    let execution = engine.start::<Report>(job(1)).await.expect("the engine knows it");
    execution.output().await.expect("it has an answer");
    let attempt = ["TaskStateEntered", "TaskScheduled", "TaskStarted", "TaskSucceeded", "TaskStateExited"];
    let choice = ["ChoiceStateEntered", "ChoiceStateExited"];
    let expected = [
        &["ExecutionStarted", "PassStateEntered", "PassStateExited"][..],
        &attempt,
        &choice,
        &["WaitStateEntered", "WaitStateExited"],
        &attempt,
        &choice,
        &["SucceedStateEntered", "SucceedStateExited", "ExecutionSucceeded"],
    ];
    assert_eq!(types(&execution.history()), expected.concat());
}

struct Twice;

/// A poll that is visited twice, and ends the execution by itself.
#[workflow(start = ask, timeout = "1h", output = u32)]
impl Twice {
    #[poll(every = "20s", deadline = "50s", timeout = "10s", next = again, on_deadline = again)]
    async fn ask(&self, rounds: u32, cx: TaskContext) -> Poll<u32> {
        if cx.poll_count() < 2 { Poll::Pending } else { Poll::Ready(rounds + 1) }
    }

    #[choice]
    #[allow_finding(W0202)]
    fn again(rounds: u32) -> Next<Self> {
        if rounds < 2 { ask(rounds) } else { last() }
    }

    #[poll(every = "1s", deadline = "5s", timeout = "1s", end = |answer: u32| answer * 2, on_deadline = late)]
    async fn last(&self) -> Poll<u32> {
        Poll::Ready(21)
    }

    #[fail(error = "Late")]
    fn late();
}

#[tokio::test(start_paused = true)]
async fn each_visit_starts_anew() {
    let engine = engine(Twice).await;
    let begun = Instant::now();
    let execution = engine.start::<Twice>(0).await.expect("the engine knows it");
    assert_eq!(execution.output().await, Ok(42));
    assert_eq!(begun.elapsed(), Duration::from_secs(80));
    let history = execution.history();
    let names: Vec<_> = history
        .iter()
        .filter_map(|event| match &event.detail {
            workflow_runtime::history::EventDetail::StateEntered { name, .. } => Some(*name),
            _ => None,
        })
        .collect();
    let visit = ["AskStart", "Ask", "AskReady", "AskWait", "Ask", "AskReady", "AskWait", "Ask", "AskReady", "Again"];
    assert_eq!(names, [&visit[..], &visit, &["LastStart", "Last", "LastReady", "LastDone"]].concat());
}

struct Wait(u32);

/// A poll that is a branch, beside another one.
#[workflow(start = look, timeout = "10m", name = "Wait")]
impl Wait {
    #[poll(every = "10s", deadline = "1m", timeout = "1s", end, on_deadline = late)]
    async fn look(&self, name: String, cx: TaskContext) -> Poll<String> {
        if cx.poll_count() < self.0 { Poll::Pending } else { Poll::Ready(format!("{name} in {}", cx.state())) }
    }

    #[fail(error = "Late")]
    fn late(_name: String);
}

struct Both {
    first: Wait,
    second: Wait,
}

#[workflow(start = both, timeout = "1h")]
impl Both {
    #[parallel(branches(self.first: Wait, self.second: Wait), end)]
    fn both(name: String);
}

#[tokio::test(start_paused = true)]
async fn polls_in_branches_are_called_as_the_export_calls_them() {
    let engine = engine(Both { first: Wait(1), second: Wait(2) }).await;
    let begun = Instant::now();
    let execution = engine.start::<Both>("a".to_owned()).await.expect("the engine knows it");
    let (first, second) = execution.output().await.expect("both have an answer");
    assert_eq!(begun.elapsed(), Duration::from_secs(20));
    let exported = workflow_runtime::model::asl::write(&Both::definition()).expect("it can be exported");
    let history = execution.history();
    let entered = history.iter().filter_map(|event| match &event.detail {
        workflow_runtime::history::EventDetail::StateEntered { name, .. } => Some(*name),
        _ => None,
    });
    let names: std::collections::BTreeSet<_> = entered.collect();
    assert!(names.len() == 11, "five states of each poll, and their own: {names:?}");
    for name in names {
        assert!(exported.contains(&format!("\"{name}\": {{")), "{name} is no state of {exported}");
    }
    assert_ne!(first, second, "the attempts know which of the two they are");
}

struct Lossy;

#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize, Data)]
struct Secret {
    #[serde(skip)]
    #[allow(dead_code, reason = "it is here to be left out")]
    key: u32,
    name: String,
}

#[workflow(start = ask, timeout = "1h")]
impl Lossy {
    #[poll(every = "1s", deadline = "5s", timeout = "1s", end, on_deadline = late)]
    async fn ask(&self, secret: Secret, cx: TaskContext) -> Poll<Secret> {
        assert_eq!(secret.key, 0);
        if cx.poll_count() < 2 { Poll::Pending } else { Poll::Ready(Secret { key: 7, ..secret }) }
    }

    #[fail(error = "Late")]
    fn late(_secret: Secret);
}

#[tokio::test(start_paused = true)]
async fn what_json_leaves_out_is_left_out() {
    let secret = Secret { key: 5, name: "a".to_owned() };
    assert_eq!(Lossy.run(secret).await, Ok(Secret { key: 0, name: "a".to_owned() }));
}
