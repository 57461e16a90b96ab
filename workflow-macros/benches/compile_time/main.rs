//! What `#[workflow]` costs while a program is compiled.
//!
//! 1. The time that the macro takes for workflows of 10, 100 and 1,000 states. It must grow no faster than n log n, and 1,000 states take
//!    less than 300 ms. The macro's own functions run here on tokens that no compiler made, in the profile of benchmarks.
//! 2. The time that `cargo check` takes for a workflow of 100 states, with what it depends on compiled, against that for a loop that does
//!    the same by hand. It may be a second longer.
//!
//! `cargo bench -p workflow-macros` prints the median and the fastest of several runs, and fails where the fastest exceeds a limit: what
//! else the machine does can only add to it.

#![allow(dead_code, unused_imports, reason = "the macro's modules, with their tests, are here for one function")]

use std::fmt;
use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use proc_macro2::TokenStream;

#[path = "../../src/errors.rs"]
mod errors;
#[path = "../../src/expr/mod.rs"]
mod expr;
mod generated;
#[path = "../../../tests/sandbox/mod.rs"]
mod sandbox;
#[path = "../../src/workflow/mod.rs"]
mod workflow;

use sandbox::Sandbox;

/// The most that the macro may take for 1,000 states.
const MOST: Duration = Duration::from_millis(300);
/// What a check may cost more than that of the same by hand.
const MORE: Duration = Duration::from_secs(1);
/// How much faster than n log n a time may seem to grow, as what fits into a processor's caches is faster.
const NOISE: f64 = 1.5;

fn main() -> ExitCode {
    let within = [expansion(), check()];
    if within == [true, true] { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Whether the macro's time stays within its limits.
fn expansion() -> bool {
    println!("expansion of a workflow: median and fastest run");
    let mut within = true;
    let mut before: Option<(usize, Duration)> = None;
    for states in [10, 100, 1_000] {
        let (attribute, block) = generated::block(states);
        let [attribute, block]: [TokenStream; 2] =
            [attribute, block].map(|text| text.parse().expect("the generated source is made of tokens"));
        // Short runs are many, so that some of them are not disturbed.
        let times = Times::of(15_000 / states, |_| {
            black_box(workflow::expand(attribute.clone(), block.clone()));
        });
        println!("{states:>9} states {times}");
        if let Some((fewer, less)) = before {
            let allowed = n_log_n(states) / n_log_n(fewer) * NOISE;
            let factor = times.fastest.as_secs_f64() / less.as_secs_f64();
            println!("                 {factor:.1} times as long as {fewer} states, {allowed:.1} are allowed");
            within &= factor <= allowed;
        }
        before = Some((states, times.fastest));
        within &= times.fastest < MOST;
    }
    within
}

#[allow(clippy::cast_precision_loss, reason = "the numbers are small")]
fn n_log_n(states: usize) -> f64 {
    let states = states as f64;
    states * states.log2()
}

/// Whether `cargo check` stays within its limit.
fn check() -> bool {
    println!("cargo check of 100 states: median and fastest of 7");
    let sources = [("workflow", generated::workflow(100)), ("by-hand", generated::by_hand(100))];
    let [workflow, by_hand] = sources.map(|(name, source)| {
        let times = check_of(name, &source);
        println!("{name:>16} {times}");
        times.fastest
    });
    workflow <= by_hand + MORE
}

/// The time that a check of a crate takes, whose source is another one each time for a comment.
fn check_of(name: &str, source: &str) -> Times {
    let sandbox = Sandbox::new(&format!("compile-time-{name}"));
    let check = |round: usize| {
        sandbox.write("src/lib.rs", &format!("{source}// {round}\n"));
        let said: Vec<_> = sandbox.check().into_iter().filter(|said| said.file() == Some("src/lib.rs")).collect();
        assert!(said.is_empty(), "the generated source compiles without a word, but:\n{}", said[0].rendered);
    };
    // What it depends on is compiled now.
    check(usize::MAX);
    Times::of(7, check)
}

/// How long some runs took.
struct Times {
    median: Duration,
    fastest: Duration,
}

impl Times {
    fn of(runs: usize, mut run: impl FnMut(usize)) -> Self {
        let mut times: Vec<Duration> = (0..runs)
            .map(|round| {
                let start = Instant::now();
                run(round);
                start.elapsed()
            })
            .collect();
        times.sort_unstable();
        Times { median: times[runs / 2], fastest: times[0] }
    }
}

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:>10.1?} {:>10.1?}", self.median, self.fastest)
    }
}
