//! How long a program takes from its start until it asks Lambda for its first invocation, and how much memory it has when it is idle,
//! each beside a program that does nothing at all.
//!
//! It fails when the median of the starts is beyond [`LIMIT`]. The program is this one, started as Lambda would.

#[path = "../tests/lambda/runtime_api.rs"]
#[allow(dead_code, reason = "the tests ask more of it")]
mod runtime_api;

use std::process::ExitCode;
use std::time::{Duration, Instant};
use std::{env, fs};

use serde_json::json;
use tokio::process::Command;
use workflow_runtime::prelude::*;

use runtime_api::Function;

/// The longest time that a start may take.
const LIMIT: Duration = Duration::from_millis(30);
/// How often the program is started.
const STARTS: usize = 20;
/// How often one of them is invoked.
const INVOCATIONS: u32 = 1_000;

struct Hello;

#[workflow(start = greet, timeout = "1m")]
impl Hello {
    #[task(timeout = "10s", end)]
    async fn greet(&self, name: String) -> String {
        format!("Hello, {name}!")
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    if env::var_os("AWS_LAMBDA_RUNTIME_API").is_some() {
        return App::new().workflow(Hello).main().await;
    }
    let (mut starts, mut floor) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        starts.push(start().await.1);
        let begun = Instant::now();
        let nothing = Command::new("true").status().await.expect("there is a program that does nothing");
        floor.push(begun.elapsed());
        assert!(nothing.success());
    }
    let [start, floor] = [starts, floor].map(median);
    println!("cold start, median of {STARTS}: {start:?}; a program that does nothing, from start to end: {floor:?}");
    memory().await;
    if start > LIMIT {
        eprintln!("error: a start takes longer than {LIMIT:?}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// Starts the program, and says how long that took.
async fn start() -> (Function, Duration) {
    let program = Command::new(env::current_exe().expect("a program knows its own path"));
    let begun = Instant::now();
    let mut function = Function::start(program).await;
    function.is_idle_after(0).await;
    (function, begun.elapsed())
}

async fn memory() {
    let (mut function, _) = start().await;
    let before = resident(&function);
    let payload = json!({
        "workflow": "Hello",
        "task": "greet",
        "input": "Ada",
        "context": {
            "execution": "arn:aws:states:eu-west-1:123456789012:execution:Hello:9f0c",
            "start_time": "2026-11-22T21:55:51.250Z",
            "state": "Greet",
            "entered_time": "2026-11-22T21:55:51.250Z",
            "retry_count": 0,
        },
    });
    let begun = Instant::now();
    for _ in 0..INVOCATIONS {
        assert_eq!(function.invoke(&payload).await, Ok(json!("Hello, Ada!")));
    }
    let each = begun.elapsed() / INVOCATIONS;
    function.is_idle_after(INVOCATIONS).await;
    let after = resident(&function);
    println!("idle: {before} at first, {after} after {INVOCATIONS} invocations, each of which took {each:?}");
    function.end().await;
}

/// The memory of the program, as Linux says it.
fn resident(function: &Function) -> String {
    let status = fs::read_to_string(format!("/proc/{}/status", function.process())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.map_or_else(|| "unknown".to_owned(), |memory| memory.trim().to_owned())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
