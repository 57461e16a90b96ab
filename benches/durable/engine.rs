//! The engine, with the workflow that polls a service.

use std::path::Path;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;
use workflow_runtime::prelude::*;

use crate::{AT_ONCE, Durability};

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

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
struct Report {
    pages: u32,
    polls: u32,
}

/// Calls, waits, polls and decides ten times, and makes a report: 33 transitions. The service answers at once.
struct PollService;

#[workflow(start = call_service, timeout = "1h", native)]
impl PollService {
    #[task(timeout = "30s", next = |ticket| wait_for_result(Pending { ticket, polls: 0 }))]
    async fn call_service(&self, job: Job) -> String {
        job.document
    }

    #[allow_finding(W0202)]
    #[wait("0s", next = poll_result)]
    fn wait_for_result(pending: Pending);

    #[task(timeout = "10s", next = is_ready)]
    async fn poll_result(&self, pending: Pending) -> Answer {
        let polls = pending.polls + 1;
        if polls < 10 { Answer::Running(Pending { polls, ..pending }) } else { Answer::Finished { pages: 3, polls } }
    }

    #[choice]
    fn is_ready(answer: Answer) -> Next<Self> {
        match answer {
            Answer::Running(pending) if pending.polls < 100 => wait_for_result(pending),
            Answer::Running(pending) => gave_up(pending),
            Answer::Finished { pages, polls } => transform(Report { pages, polls }),
        }
    }

    #[pass(next = done)]
    fn transform(report: Report) -> Report {
        Report { pages: report.pages, polls: report.polls }
    }

    #[succeed]
    fn done(report: Report);

    #[fail(error = "PollLimit")]
    fn gave_up(pending: Pending) -> String {
        format!("no answer after {} polls", pending.polls)
    }
}

/// An engine on a new store.
pub(crate) struct Bench {
    runtime: Runtime,
    engine: Engine,
}

impl Bench {
    pub(crate) fn new(path: &Path, durability: Durability) -> Self {
        let runtime =
            Builder::new_multi_thread().worker_threads(2).enable_time().build().expect("a runtime can be built");
        let store = durability.open(path).expect("there is no store yet");
        let engine = Engine::builder().store(store).workflow(PollService).start();
        let engine = runtime.block_on(engine).expect("the store is empty");
        Bench { runtime, engine }
    }

    /// Runs a thousand executions at once, each in a task.
    pub(crate) fn thousand(&self) {
        self.runtime.block_on(async {
            let mut executions = JoinSet::new();
            for _ in 0..AT_ONCE {
                executions.spawn(run(self.engine.clone()));
            }
            executions.join_all().await;
        });
    }

    /// Runs one execution alone, often, and gives the median.
    pub(crate) fn alone(&self) -> Duration {
        let mut times: Vec<_> = (0..100)
            .map(|_| {
                let begun = Instant::now();
                self.runtime.block_on(run(self.engine.clone()));
                begun.elapsed()
            })
            .collect();
        times.sort_unstable();
        times[times.len() / 2]
    }
}

async fn run(engine: Engine) {
    let job = Job { document: "a document".to_owned() };
    let execution = engine.start::<PollService>(job).await.expect("the engine has the workflow");
    let report = execution.output().await.expect("the service answers");
    assert_eq!((report.pages, report.polls), (3, 10));
}
