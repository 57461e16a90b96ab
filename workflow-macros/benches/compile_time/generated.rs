//! The sources that are measured: a workflow of as many states as wanted, and the same by hand.
//!
//! Both are the same ten states again and again, each time under other names: a job is submitted, polled until it is done, its report
//! tidied, stored, split when it is long, and handed to the next ten.

use std::fmt::Write;

/// How many states are repeated.
const GROUP: usize = 10;

/// What both sources begin with.
const TYPES: &str = r#"use std::fmt;

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Serialize, Deserialize DATA)]
pub struct Pending { pub ticket: String, pub polls: u32 }

#[derive(Clone, Debug, Serialize, Deserialize DATA)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Answer { Running(Pending), Finished(Report), Refused { reason: Option<String> } }

#[derive(Clone, Debug, Serialize, Deserialize DATA)]
pub struct Report { pub document: String, pub pages: u32 }

#[derive(Debug ERROR)]
pub enum ServiceError { Throttled, Rejected(String) }

impl std::error::Error for ServiceError {}

impl fmt::Display for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ServiceError::Throttled => f.write_str("too many requests"),
            ServiceError::Rejected(reason) => write!(f, "the job was rejected: {reason}"),
        }
    }
}

pub struct Shop;
"#;

/// The attribute, and the `impl` block, of a workflow of `states` states, which is a multiple of ten.
pub(crate) fn block(states: usize) -> (String, String) {
    let mut block = "impl Shop {".to_owned();
    for group in 0..states / GROUP {
        block.push_str(&of_group(STATES, group));
        let last = group + 1 == states / GROUP;
        let (edge, next) = if last { (ENDING, 0) } else { (HANDING_ON, group + 1) };
        block.push_str(&of_group(&edge.replace("NEXT", &next.to_string()), group));
    }
    block.push_str("}\n");
    (r#"start = submit_0, timeout = "5h""#.to_owned(), block)
}

/// A crate with this workflow in it.
pub(crate) fn workflow(states: usize) -> String {
    let (attribute, block) = block(states);
    let types = TYPES.replace(" DATA", ", Data").replace(" ERROR", ", TaskError");
    format!("use workflow_runtime::prelude::*;\n{types}\n#[workflow({attribute})]\n{block}")
}

/// A crate that does the same with an enum, a loop and tokio.
pub(crate) fn by_hand(states: usize) -> String {
    let types = TYPES.replace(" DATA", "").replace(" ERROR", "");
    let (mut variants, mut methods, mut arms) = (String::new(), String::new(), String::new());
    for group in 0..states / GROUP {
        variants.push_str(&of_group(VARIANTS, group));
        methods.push_str(&of_group(METHODS, group));
        arms.push_str(&of_group(ARMS, group));
        let last = group + 1 == states / GROUP;
        let after =
            if last { "return Ok(report)".to_owned() } else { format!("State::Submit{}(report.document)", group + 1) };
        writeln!(arms, "State::Pause{group}(report) => {{ sleep(Duration::from_secs(1)).await; {after} }}")
            .expect("a string can be written to");
    }
    format!("{types}{HELPERS}\nenum State {{{variants}}}\nimpl Shop {{{methods}{LOOP_BEGINS}{arms}{LOOP_ENDS}}}\n")
}

fn of_group(text: &str, group: usize) -> String {
    text.replace('#', &group.to_string()).replace('§', "#")
}

/// Nine of ten states. `#` stands for the group, `§` for the sign itself.
const STATES: &str = r#"
    /// Hand the job to the service.
    §[task(timeout = "30s", next = |ticket| rest_#(Pending { ticket, polls: 0 }))]
    §[retry(ServiceError::Throttled, interval = "2s", max_attempts = 5, backoff_rate = 2.0)]
    §[catch(ServiceError::Rejected => |failure| refused_#(failure.message()))]
    async fn submit_#(&self, document: String) -> Result<String, ServiceError> {
        if document.is_empty() { Err(ServiceError::Throttled) } else { Ok(document) }
    }

    §[wait("10s", next = ask_#)]
    fn rest_#(pending: Pending);

    §[task(timeout = "10s", next = decide_#)]
    §[retry(States::Timeout | States::TaskFailed, max_attempts = 3)]
    async fn ask_#(&self, pending: Pending) -> Result<Answer, ServiceError> {
        Ok(Answer::Finished(Report { document: pending.ticket, pages: pending.polls }))
    }

    §[choice]
    fn decide_#(answer: Answer) -> Next<Self> {
        match answer {
            Answer::Running(pending) if pending.polls < 10 => rest_#(pending),
            Answer::Running(pending) => refused_#(format!("no answer after {} polls", pending.polls)),
            Answer::Finished(report) => tidy_#(report),
            Answer::Refused { reason } => refused_#(reason.unwrap_or_default()),
        }
    }

    §[pass(next = store_#)]
    fn tidy_#(report: Report) -> Report {
        Report { document: report.document.trim().to_lowercase(), pages: report.pages }
    }

    §[task(timeout = "10s", next = look_#)]
    async fn store_#(&self, report: Report) -> Report {
        report
    }

    §[choice]
    fn look_#(report: Report) -> Next<Self> {
        if report.pages > 100 { split_#(report) } else { pause_#(report) }
    }

    §[pass(next = pause_#)]
    fn split_#(report: Report) -> Report {
        Report { document: report.document, pages: report.pages / 2 }
    }

    §[fail(error = "Refused")]
    fn refused_#(reason: String) -> String {
        reason
    }
"#;

/// The tenth, where another group follows.
const HANDING_ON: &str = r#"
    §[wait("1s", next = |report| submit_NEXT(report.document))]
    fn pause_#(report: Report);
"#;

/// The tenth of the last group.
const ENDING: &str = r#"
    §[wait("1s", end)]
    fn pause_#(report: Report);
"#;

/// What the loop by hand needs besides.
const HELPERS: &str = r#"
use std::time::Duration;

use tokio::time::{sleep, timeout};

#[derive(Debug)]
pub enum Failure { Refused(String), TimedOut, Service(ServiceError) }

async fn attempt<T>(
    most: Duration,
    task: impl Future<Output = Result<T, ServiceError>>,
) -> Result<T, Failure> {
    match timeout(most, task).await {
        Ok(Ok(result)) => Ok(result),
        Ok(Err(error)) => Err(Failure::Service(error)),
        Err(_) => Err(Failure::TimedOut),
    }
}
"#;

const VARIANTS: &str = "
    Submit#(String), Rest#(Pending), Ask#(Pending), Decide#(Answer), Tidy#(Report), Store#(Report), Look#(Report), Split#(Report),
    Pause#(Report), Refused#(String),";

const METHODS: &str = r#"
    async fn submit_#(&self, document: String) -> Result<String, ServiceError> {
        if document.is_empty() { Err(ServiceError::Throttled) } else { Ok(document) }
    }

    async fn ask_#(&self, pending: Pending) -> Result<Answer, ServiceError> {
        Ok(Answer::Finished(Report { document: pending.ticket, pages: pending.polls }))
    }

    fn decide_#(answer: Answer) -> State {
        match answer {
            Answer::Running(pending) if pending.polls < 10 => State::Rest#(pending),
            Answer::Running(pending) => State::Refused#(format!("no answer after {} polls", pending.polls)),
            Answer::Finished(report) => State::Tidy#(report),
            Answer::Refused { reason } => State::Refused#(reason.unwrap_or_default()),
        }
    }

    fn tidy_#(report: Report) -> Report {
        Report { document: report.document.trim().to_lowercase(), pages: report.pages }
    }

    async fn store_#(&self, report: Report) -> Result<Report, ServiceError> {
        Ok(report)
    }

    fn look_#(report: Report) -> State {
        if report.pages > 100 { State::Split#(report) } else { State::Pause#(report) }
    }

    fn split_#(report: Report) -> Report {
        Report { document: report.document, pages: report.pages / 2 }
    }
"#;

const LOOP_BEGINS: &str = r#"
    pub async fn run(&self, document: String) -> Result<Report, Failure> {
        let mut state = State::Submit0(document);
        loop {
            state = match state {
"#;

const ARMS: &str = r#"
                State::Submit#(document) => {
                    let mut attempts = 0;
                    loop {
                        match attempt(Duration::from_secs(30), self.submit_#(document.clone())).await {
                            Ok(ticket) => break State::Rest#(Pending { ticket, polls: 0 }),
                            Err(Failure::Service(ServiceError::Throttled)) if attempts < 5 => {
                                sleep(Duration::from_secs(2 << attempts)).await;
                                attempts += 1;
                            }
                            Err(Failure::Service(ServiceError::Rejected(reason))) => break State::Refused#(reason),
                            Err(failure) => return Err(failure),
                        }
                    }
                }
                State::Rest#(pending) => {
                    sleep(Duration::from_secs(10)).await;
                    State::Ask#(pending)
                }
                State::Ask#(pending) => {
                    let mut attempts = 0;
                    loop {
                        match attempt(Duration::from_secs(10), self.ask_#(pending.clone())).await {
                            Ok(answer) => break State::Decide#(answer),
                            Err(_) if attempts < 3 => {
                                sleep(Duration::from_secs(1 << attempts)).await;
                                attempts += 1;
                            }
                            Err(failure) => return Err(failure),
                        }
                    }
                }
                State::Decide#(answer) => Self::decide_#(answer),
                State::Tidy#(report) => State::Store#(Self::tidy_#(report)),
                State::Store#(report) => State::Look#(attempt(Duration::from_secs(10), self.store_#(report)).await?),
                State::Look#(report) => Self::look_#(report),
                State::Split#(report) => State::Pause#(Self::split_#(report)),
                State::Refused#(reason) => return Err(Failure::Refused(reason)),
"#;

const LOOP_ENDS: &str = r#"
            };
        }
    }
"#;
