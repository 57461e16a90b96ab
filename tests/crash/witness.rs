//! What the world sees of the executions: a file to which each line is added with one write, so that it outlives whoever wrote it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

/// A step that was recorded: its idempotency key, and the attempt whose result it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Data)]
pub struct Recorded {
    pub key: String,
    pub attempt: u32,
}

/// A line.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Line {
    /// An execution is about to be started.
    Starts(u64),
    /// The engine has said that it was.
    Started(u64),
    /// An attempt at a step begins, which was given the results of these.
    Begins { key: String, attempt: u32, behind: Vec<Recorded> },
    /// It ends well.
    Ends { key: String, attempt: u32 },
    /// It fails, and is to be tried again.
    Fails { key: String, attempt: u32 },
    /// It has handed out a token, for whose answer it waits.
    Asks { key: String, token: String, value: u64 },
    /// The engine has said that it has the answer.
    Answered { key: String, token: String },
}

/// The file.
#[derive(Clone, Debug)]
pub struct Witness(Arc<File>);

impl Witness {
    pub fn open(path: &Path) -> Self {
        let file = OpenOptions::new().create(true).append(true).open(path);
        Witness(Arc::new(file.expect("the witness can be opened")))
    }

    pub fn saw(&self, line: Line) {
        let mut json = serde_json::to_string(&line).expect("a line is texts and numbers");
        json.push('\n');
        (&*self.0).write_all(json.as_bytes()).expect("the witness can be written");
    }
}

/// All that was seen, in its order.
pub fn read(path: &Path) -> Vec<Line> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    // Who is killed while it writes leaves the whole line or nothing: it is one write to a file.
    text.lines().map(|line| serde_json::from_str(line).expect("each line is whole")).collect()
}

/// What was seen of one step.
#[derive(Debug, Default)]
struct Step {
    /// The attempts that began.
    attempts: Vec<u32>,
    ended: BTreeSet<u32>,
    /// The attempt whose result is known to have been recorded: others go on with it.
    recorded: Option<u32>,
    is_answered: bool,
}

/// What came of all the lines.
#[derive(Debug, Default)]
pub struct Summary {
    pub started: BTreeSet<u64>,
    pub steps: usize,
    /// How many attempts ran again as the process was gone.
    pub repeated: usize,
}

/// Checks that no recorded step ran again, and that attempts have the numbers that they should have.
pub fn check(lines: &[Line]) -> Summary {
    let mut steps: BTreeMap<&str, Step> = BTreeMap::new();
    let mut summary = Summary::default();
    let mut failed = 0;
    for line in lines {
        match line {
            Line::Starts(_) => {}
            Line::Started(number) => {
                summary.started.insert(*number);
            }
            Line::Begins { key, attempt, behind } => {
                for Recorded { key, attempt } in behind {
                    let step = steps.get_mut(key.as_str()).expect("nothing is behind what was not seen");
                    assert!(step.ended.contains(attempt), "attempt {attempt} at {key} has a result and no end");
                    let recorded = *step.recorded.get_or_insert(*attempt);
                    assert_eq!(recorded, *attempt, "{key} has two results");
                }
                let step = steps.entry(key).or_default();
                assert_eq!(step.recorded, None, "{key} was recorded, and runs again");
                assert!(!step.is_answered, "{key} was answered, and asks again");
                let last = step.attempts.last().copied().unwrap_or(0);
                assert!(*attempt > last, "attempt {attempt} at {key} comes behind {last}");
                step.attempts.push(*attempt);
            }
            Line::Ends { key, attempt } => {
                let step = steps.get_mut(key.as_str()).expect("what ends has begun");
                assert_eq!(step.attempts.last(), Some(attempt), "{key}");
                step.ended.insert(*attempt);
            }
            Line::Fails { .. } => failed += 1,
            Line::Asks { .. } => {}
            Line::Answered { key, .. } => {
                steps.get_mut(key.as_str()).expect("what is answered has asked").is_answered = true;
            }
        }
    }
    let attempts: usize = steps.values().map(|step| step.attempts.len()).sum();
    summary.steps = steps.len();
    summary.repeated = attempts - steps.len() - failed;
    summary
}
