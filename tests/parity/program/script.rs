//! What a scenario says: what goes in, how the services answer, and what is done from outside.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::{File, OpenOptions};
use std::future::pending;
use std::io::Write;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use workflow_runtime::{Engine, TaskToken};

#[derive(Deserialize)]
pub struct Scenario {
    /// The example's directory.
    pub example: String,
    /// The workflow's name.
    pub workflow: String,
    pub input: Value,
    /// How the calls of the services are answered, each in order; the last answer is for all that follow.
    #[serde(default)]
    answers: BTreeMap<String, Vec<Step>>,
    /// What is done from outside, in order.
    #[serde(default)]
    pub events: Vec<Outside>,
}

/// What becomes of a call.
#[derive(Clone, Deserialize)]
#[serde(untagged)]
enum Step {
    Told(Told),
    Answers(Value),
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Told {
    Panics(String),
    /// There is never an answer.
    Hangs,
    /// The answer comes after so many seconds.
    After(f64, Value),
}

/// Something that is done from outside, so many seconds after the start.
#[derive(Deserialize)]
pub struct Outside {
    pub at: u64,
    #[serde(flatten)]
    pub what: What,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// A task's result. Tokens are counted in the order in which they are given out.
    Succeed {
        token: usize,
        output: Value,
    },
    Fail {
        token: usize,
        error: String,
        cause: String,
    },
    /// A worker takes a task of an activity. It has the next token.
    Take {
        activity: String,
    },
    /// A worker says that it is still at its task.
    Beat {
        token: usize,
    },
    Stop {},
}

/// A scenario that is being played. Clones play the same.
#[derive(Clone)]
pub struct Script {
    pub scenario: Arc<Scenario>,
    /// Here each call leaves a line, as on Lambda there may be several processes.
    calls: PathBuf,
    is_lambda: bool,
    tokens: Arc<Mutex<Vec<String>>>,
    /// Where callbacks go natively, once it runs.
    pub engine: Arc<OnceLock<Engine>>,
}

impl Script {
    pub fn natively() -> Result<Self, Box<dyn Error>> {
        Self::read(false)
    }

    pub fn on_lambda() -> Result<Self, Box<dyn Error>> {
        Self::read(true)
    }

    fn read(is_lambda: bool) -> Result<Self, Box<dyn Error>> {
        let scenario = serde_json::from_reader(File::open(std::env::var("PARITY_SCENARIO")?)?)?;
        let calls = PathBuf::from(std::env::var("PARITY_CALLS")?);
        Ok(Script { scenario: Arc::new(scenario), calls, is_lambda, tokens: Arc::default(), engine: Arc::default() })
    }

    /// The next answer to a call.
    pub async fn answer<T: DeserializeOwned>(&self, call: &str) -> T {
        let answer = match self.next(call) {
            Step::Told(Told::Panics(message)) => panic!("{message}"),
            Step::Told(Told::Hangs) => {
                self.takes("for ever");
                pending().await
            }
            Step::Told(Told::After(after, answer)) => {
                self.takes(&after.to_string());
                if !self.is_lambda {
                    tokio::time::sleep(Duration::from_secs_f64(after)).await;
                }
                answer
            }
            Step::Answers(answer) => answer,
        };
        serde_json::from_value(answer).unwrap_or_else(|error| panic!("the answer to {call} is not one: {error}"))
    }

    /// The next answer to a call about something, such as `submit` about a document: what the scenario has under `submit the document`, if
    /// it has that, else under `submit`.
    pub async fn answer_about<T: DeserializeOwned>(&self, call: &str, about: &str) -> T {
        let narrow = format!("{call} {about}");
        let is_there = self.scenario.answers.contains_key(&narrow);
        self.answer(if is_there { &narrow } else { call }).await
    }

    /// Keeps a token for what is done from outside.
    pub fn token<T>(&self, token: &TaskToken<T>) {
        self.keep(token.to_string());
    }

    /// Keeps a token, as a text.
    pub fn keep(&self, token: String) {
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner).push(token);
    }

    pub fn tokens(&self) -> Vec<String> {
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn next(&self, call: &str) -> Step {
        let steps = self.scenario.answers.get(call).unwrap_or_else(|| panic!("the scenario has no answers to {call}"));
        let taken = self.take(call).unwrap_or_else(|error| panic!("{}: {error}", self.calls.display()));
        let step = steps.get(taken).or(steps.last());
        step.unwrap_or_else(|| panic!("the scenario's answers to {call} are empty")).clone()
    }

    /// How many such calls there were before this one. Lines are appended whole, so each call finds its own.
    fn take(&self, call: &str) -> std::io::Result<usize> {
        let path = self.calls.join("calls");
        let mut file = OpenOptions::new().create(true).append(true).open(&path)?;
        file.write_all(format!("{call:?}\n").as_bytes())?;
        let lines = std::fs::read_to_string(path)?;
        Ok(lines.lines().filter(|line| *line == format!("{call:?}")).count() - 1)
    }

    /// Tells whoever invoked this process how long the call takes, as on Lambda no time is virtual.
    fn takes(&self, seconds: &str) {
        if self.is_lambda {
            let path = self.calls.join(std::process::id().to_string());
            let written = OpenOptions::new().create(true).append(true).open(path);
            let written = written.and_then(|mut file| file.write_all(format!("{seconds}\n").as_bytes()));
            written.unwrap_or_else(|error| panic!("{}: {error}", self.calls.display()));
        }
    }
}
