//! The in-memory run against a hand-written loop that does the same, in one run.
//!
//! An execution has 33 transitions: call, ten times wait, poll and choose, transform, succeed. Waits are of no length, and the
//! service answers at once, so that what is measured is what a run adds to the work itself: states, timeouts, retriers.
//! `one` runs one execution after the other; `thousand` runs 1,000 at once on two threads.
//!
//! `cargo bench --bench in_memory` prints the time of an execution, and the transitions per second.

#![allow(missing_docs, reason = "criterion's macros generate undocumented items")]

use std::future::Future;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use serde::{Deserialize, Serialize};
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;
use workflow_runtime::prelude::*;

/// Transitions of one execution.
const TRANSITIONS: u64 = 33;
/// Executions at once.
const AT_ONCE: u64 = 1_000;

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
struct Job {
    document: String,
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
struct Pending {
    ticket: String,
    polls: u32,
}

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
#[serde(tag = "status")]
enum Answer {
    Running(Pending),
    Finished { pages: u32, polls: u32 },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Data)]
struct Report {
    pages: u32,
    polls: u32,
}

#[derive(Debug, thiserror::Error, TaskError)]
enum ServiceError {
    #[error("too many requests")]
    Throttled,
    #[error("rejected: {0}")]
    Rejected(String),
}

/// A service that answers at the tenth poll.
#[derive(Clone)]
struct Service;

impl Service {
    async fn submit(&self, job: Job) -> Result<String, ServiceError> {
        if job.document.is_empty() { Err(ServiceError::Rejected("empty".to_owned())) } else { Ok(job.document) }
    }

    async fn poll(&self, pending: Pending) -> Result<Answer, ServiceError> {
        let polls = pending.polls + 1;
        match polls {
            0 => Err(ServiceError::Throttled),
            1..10 => Ok(Answer::Running(Pending { polls, ..pending })),
            _ => Ok(Answer::Finished { pages: 3, polls }),
        }
    }
}

struct PollService {
    service: Service,
}

#[workflow(start = call_service, timeout = "1h", native)]
impl PollService {
    #[task(timeout = "30s", next = |ticket| wait_for_result(Pending { ticket, polls: 0 }))]
    #[retry(ServiceError::Throttled, interval = "2s", max_attempts = 5)]
    #[catch(ServiceError::Rejected => |failure| refused(failure.message()))]
    async fn call_service(&self, job: Job) -> Result<String, ServiceError> {
        self.service.submit(job).await
    }

    #[allow_finding(W0202)]
    #[wait("0s", next = poll_result)]
    fn wait_for_result(pending: Pending);

    #[task(timeout = "10s", next = is_ready)]
    #[retry(States::Timeout | States::TaskFailed, max_attempts = 3)]
    async fn poll_result(&self, pending: Pending) -> Result<Answer, ServiceError> {
        self.service.poll(pending).await
    }

    #[choice]
    fn is_ready(answer: Answer) -> Next<Self> {
        match answer {
            Answer::Running(pending) if pending.polls < 100 => wait_for_result(pending),
            Answer::Running(pending) => refused(pending.ticket),
            Answer::Finished { pages, polls } => transform(Report { pages, polls }),
        }
    }

    #[pass(next = done)]
    fn transform(report: Report) -> Report {
        Report { pages: report.pages, polls: report.polls }
    }

    #[succeed]
    fn done(report: Report);

    #[fail(error = "Refused")]
    fn refused(reason: String) -> String {
        reason
    }
}

/// The same by hand: a typed enum, a loop, and the same timeouts and retries.
mod by_hand {
    use super::*;

    enum State {
        CallService(Job),
        WaitForResult(Pending),
        PollResult(Pending),
        IsReady(Answer),
        Transform(Report),
        Done(Report),
    }

    pub(super) async fn run(service: &Service, job: Job) -> Result<Report, String> {
        let execution = async {
            let mut state = State::CallService(job);
            loop {
                state = match state {
                    State::CallService(job) => {
                        let ticket = attempts(5, Duration::from_secs(30), || service.submit(job.clone())).await?;
                        State::WaitForResult(Pending { ticket, polls: 0 })
                    }
                    State::WaitForResult(pending) => State::PollResult(pending),
                    State::PollResult(pending) => {
                        State::IsReady(attempts(3, Duration::from_secs(10), || service.poll(pending.clone())).await?)
                    }
                    State::IsReady(Answer::Running(pending)) if pending.polls < 100 => State::WaitForResult(pending),
                    State::IsReady(Answer::Running(pending)) => return Err(pending.ticket),
                    State::IsReady(Answer::Finished { pages, polls }) => State::Transform(Report { pages, polls }),
                    State::Transform(report) => State::Done(report),
                    State::Done(report) => return Ok(report),
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(3600), execution).await.map_err(|error| error.to_string())?
    }

    async fn attempts<T, F>(retries: u32, limit: Duration, mut call: impl FnMut() -> F) -> Result<T, String>
    where
        F: Future<Output = Result<T, ServiceError>>,
    {
        let mut delay = Duration::from_secs(1);
        for _ in 0..retries {
            match tokio::time::timeout(limit, call()).await {
                Ok(Ok(value)) => return Ok(value),
                Ok(Err(ServiceError::Rejected(reason))) => return Err(reason),
                Ok(Err(ServiceError::Throttled)) | Err(_) => tokio::time::sleep(delay).await,
            }
            delay *= 2;
        }
        Err("no attempt succeeded".to_owned())
    }
}

fn job() -> Job {
    Job { document: "a document".to_owned() }
}

fn runtime(threads: usize) -> Runtime {
    let mut builder = if threads == 1 { Builder::new_current_thread() } else { Builder::new_multi_thread() };
    builder.worker_threads(threads).enable_time().build().expect("a runtime can be built")
}

fn one(criterion: &mut Criterion) {
    let runtime = runtime(1);
    let mut group = criterion.benchmark_group("one");
    group.throughput(Throughput::Elements(TRANSITIONS));
    group.bench_function("by_hand", |bencher| {
        bencher.to_async(&runtime).iter(|| async { black_box(by_hand::run(&Service, job()).await) });
    });
    let workflow = PollService { service: Service };
    group.bench_function("workflow", |bencher| {
        bencher.to_async(&runtime).iter(|| async { black_box(workflow.run(job()).await) });
    });
    group.finish();
}

fn thousand(criterion: &mut Criterion) {
    let runtime = runtime(2);
    let mut group = criterion.benchmark_group("thousand");
    group.throughput(Throughput::Elements(TRANSITIONS * AT_ONCE));
    group.bench_function("by_hand", |bencher| {
        bencher.to_async(&runtime).iter(|| at_once(|| async { by_hand::run(&Service, job()).await.is_ok() }));
    });
    let workflow = Arc::new(PollService { service: Service });
    group.bench_function("workflow", |bencher| {
        bencher.to_async(&runtime).iter(|| {
            at_once(|| {
                let workflow = workflow.clone();
                async move { workflow.run(job()).await.is_ok() }
            })
        });
    });
    let engine = Engine::builder().workflow(PollService { service: Service }).start();
    let engine = runtime.block_on(engine).expect("the engine has one workflow");
    group.bench_function("engine_with_history", |bencher| {
        bencher.to_async(&runtime).iter(|| {
            at_once(|| {
                let engine = engine.clone();
                async move {
                    let execution = engine.start::<PollService>(job()).await.expect("the engine has the workflow");
                    execution.output().await.is_ok()
                }
            })
        });
    });
    group.finish();
}

/// Runs as many executions at once as the benchmark is about, each in a task.
async fn at_once<F>(mut execution: impl FnMut() -> F)
where
    F: Future<Output = bool> + Send + 'static,
{
    let mut executions = JoinSet::new();
    for _ in 0..AT_ONCE {
        executions.spawn(execution());
    }
    assert!(executions.join_all().await.into_iter().all(|succeeded| succeeded));
}

criterion_group!(benches, one, thousand);
criterion_main!(benches);
