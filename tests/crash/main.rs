//! A process with an engine is killed by SIGKILL, hundreds of times, at any instant; each time another one goes on with its executions.
//! It has no harness: the test starts itself as that process.
//!
//! `CRASHES=2000 SEED=7 cargo test --test crash` kills more often, and at other instants. With the path of the library that `faults.c`
//! makes as `FAULTS`, each of those processes also has a disk that fails.

#![allow(unreachable_pub, reason = "the modules are those of a program")]

mod witness;
mod worker;
mod workload;

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use libtest_mimic::{Arguments, Failed, Trial};
use workflow_runtime::Status;
use workflow_runtime::store::{Filter, Sqlite, Store, StoredExecution};

use witness::Summary;

/// In another process, the folder that it works in.
const FOLDER: &str = "WORKFLOW_CRASH_TEST_FOLDER";

/// In that folder, the program that is killed.
const PROGRAM: &str = "program";

/// The library by which disks fail.
const FAULTS: &str = "FAULTS";

fn main() -> ExitCode {
    let crashes = number("CRASHES", 300);
    if let Some(folder) = std::env::var_os(FOLDER) {
        let folder = PathBuf::from(folder);
        worker::run(&folder.join("workflows.db"), &folder.join("witness"), crashes);
        return ExitCode::SUCCESS;
    }
    let test = Trial::test("nothing_is_lost_and_nothing_recorded_runs_again", move || {
        let folder = std::env::temp_dir().join(format!("workflow-crash-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        // A copy: cargo may build this test anew while it runs.
        std::fs::copy(std::env::current_exe()?, folder.join(PROGRAM))?;
        crash(&folder, crashes, number("SEED", 1))?;
        // Where anything is wrong, the folder stays to be looked at.
        Ok(std::fs::remove_dir_all(&folder)?)
    });
    libtest_mimic::run(&Arguments::from_args(), vec![test.with_ignored_flag(!cfg!(unix))]).exit_code()
}

fn number(variable: &str, default: u64) -> u64 {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// Kills as many processes as there are executions, and checks what is left.
fn crash(folder: &Path, crashes: u64, seed: u64) -> Result<(), Failed> {
    let begun = Instant::now();
    let mut random = Random(seed);
    for _ in 0..crashes {
        let mut process = process(folder, Some(&mut random))?;
        // One whose disk fails at once is never ready.
        if std::env::var_os(FAULTS).is_none() && random.below(5) > 0 {
            let mut line = String::new();
            BufReader::new(process.stdout.take().ok_or("it is piped")?).read_line(&mut line)?;
            if line != "ready\n" {
                return Err(said(process).into());
            }
        }
        // This is the instant: it is what the test is about that nobody knows which.
        std::thread::sleep(Duration::from_micros(random.below(60_000)));
        process.kill()?;
        process.wait()?;
    }
    let last = process(folder, None)?;
    let killed = begun.elapsed();
    let said = said(last);
    if !said.ends_with("all have ended\n") {
        return Err(said.into());
    }
    let summary = witness::check(&witness::read(&folder.join("witness")));
    eprintln!("{crashes} crashes in {killed:.1?}: {} steps, {} of which ran again", summary.steps, summary.repeated);
    check(folder, crashes, &summary)
}

/// A process, with a disk that fails where that is asked for.
fn process(folder: &Path, random: Option<&mut Random>) -> std::io::Result<Child> {
    let mut command = Command::new(folder.join(PROGRAM));
    if let (Some(library), Some(random)) = (std::env::var_os(FAULTS), random) {
        command.env("LD_PRELOAD", library);
        command.env("FAULT_AFTER", random.below(400).to_string()).env("FAULT_KIND", random.below(3).to_string());
    }
    command.env(FOLDER, folder).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()
}

/// What a process has said by its end.
fn said(process: Child) -> String {
    match process.wait_with_output() {
        Ok(output) => String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout),
        Err(error) => error.to_string(),
    }
}

/// Checks the store against what the world has seen.
fn check(folder: &Path, total: u64, summary: &Summary) -> Result<(), Failed> {
    let store = Sqlite::open_read_only(folder.join("workflows.db"))?;
    let of = |workflow: &str| Filter { workflow: Some(workflow.to_owned()), ..Filter::default() };
    assert!(summary.started.iter().copied().eq(0..total), "all were started");
    let journeys = store.list(&of("Journey"))?;
    assert_eq!(journeys.len() as u64, total, "each was started once");
    for number in 0..total {
        let journey = store.find("Journey", &format!("journey-{number}"))?.ok_or("a start was lost")?;
        let output = workload::expected(number).to_string();
        assert_eq!((journey.status, journey.output.as_deref()), (Status::Succeeded, Some(output.as_str())));
        check_history(&store, &journey)?;
    }
    let legs = store.list(&of("Leg"))?;
    assert_eq!(legs.len() as u64, total, "each nested execution was started once");
    for leg in legs {
        assert_eq!(leg.status, Status::Succeeded);
        check_history(&store, &leg)?;
    }
    // One to accept, two in each of two branches, three items and one nested execution, one to ask, and one to finish.
    assert_eq!(summary.steps as u64, total * (1 + 2 * 6 + 1 + 1));
    assert!(summary.repeated as u64 > total / 20, "the processes were killed while they did nothing");
    Ok(())
}

/// Checks that the events are there from the first to the last.
fn check_history(store: &Sqlite, execution: &StoredExecution) -> Result<(), Failed> {
    let mut next = 1;
    let parts = store.history(execution.number, 1)?;
    for part in &parts {
        assert_eq!(part.first, next, "an event is missing");
        let events: Vec<serde_json::Value> = serde_json::from_str(&part.json)?;
        next += events.len() as u64;
    }
    let all: String = parts.iter().map(|part| &*part.json).collect();
    for event in ["ExecutionStarted", "ExecutionSucceeded"] {
        assert_eq!(all.matches(event).count(), 1, "{all}");
    }
    Ok(())
}

/// Random numbers that are the same each time: SplitMix64.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (bits ^ (bits >> 31)) % limit
    }
}
