//! What is written down of a run of an execution that outlives its process.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use crate::Payload;

/// Where in a state a run is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Phase {
    /// About to enter it.
    #[default]
    Next,
    /// In an attempt at what the state does, which runs again.
    Attempt,
    /// In an attempt whose request was taken, and whose answer is waited for.
    Submitted,
    /// Until a retry, in milliseconds since 1970.
    Delay(u64),
    /// In a wait until then.
    Wait(u64),
    /// Behind the last one: what is noted as the input is the output.
    Done,
}

/// What is written down of a run besides its state, the state's input and the variables. What is not there is zero.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Progress {
    pub(crate) phase: Phase,
    pub(crate) visits: u64,
    #[serde(skip_serializing_if = "is_zero")]
    pub(crate) retries: u64,
    /// How often each retrier was used.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) spent: Vec<u32>,
    /// How often an attempt was begun in this visit.
    #[serde(skip_serializing_if = "is_zero")]
    pub(crate) attempts: u64,
    /// When the attempt began, where its time goes on while no process does, in milliseconds since 1970.
    #[serde(skip_serializing_if = "is_zero")]
    pub(crate) since: u64,
    /// When what waits for an answer is over, in milliseconds since 1970.
    #[serde(skip_serializing_if = "is_zero")]
    pub(crate) until: u64,
    /// What the attempt's token names.
    #[serde(skip_serializing_if = "Option::is_none", with = "hex")]
    pub(crate) token: Option<u128>,
    /// When the state was entered, where something asks for it.
    #[serde(skip_serializing_if = "is_zero")]
    pub(crate) entered_at: u64,
    /// Whether the variables have their first values.
    #[serde(skip_serializing_if = "is_false")]
    pub(crate) initialized: bool,
    /// The numbers of events that later ones follow from.
    pub(crate) last: u64,
    #[serde(skip_serializing_if = "is_zero")]
    pub(crate) entered: u64,
    #[serde(skip_serializing_if = "is_zero")]
    pub(crate) before: u64,
    #[serde(skip_serializing_if = "is_zero")]
    pub(crate) map_run: u64,
}

impl Progress {
    /// The same, where another state comes next.
    pub(crate) fn about_to_enter(self) -> Self {
        let Progress { visits, initialized, last, entered, before, map_run, .. } = self;
        Progress { visits, initialized, last, entered, before, map_run, ..Progress::default() }
    }

    /// Whether an answer to this token is waited for. An attempt that runs again has its whole time again.
    pub(crate) fn waits_for(&self, token: u128, now: SystemTime) -> bool {
        self.token == Some(token)
            && match self.phase {
                Phase::Attempt => true,
                Phase::Submitted => self.until == 0 || millis(now) < self.until,
                Phase::Next | Phase::Delay(_) | Phase::Wait(_) | Phase::Done => false,
            }
    }
}

impl std::fmt::Display for Progress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| std::fmt::Error)?)
    }
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_false(value: &bool) -> bool {
    !*value
}

/// A token's number as people see it in the token.
mod hex {
    use serde::{Deserialize, Deserializer, Serializer};

    #[allow(clippy::ref_option, reason = "serde asks for it")]
    pub(super) fn serialize<S: Serializer>(token: &Option<u128>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{:032x}", token.unwrap_or_default()))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u128>, D::Error> {
        let text = String::deserialize(deserializer)?;
        u128::from_str_radix(&text, 16).map(Some).map_err(serde::de::Error::custom)
    }
}

/// Where a run is, as it is noted.
#[derive(Debug)]
pub struct Note {
    pub(crate) state: &'static str,
    pub(crate) input: Option<Arc<str>>,
    pub(crate) variables: Option<Arc<str>>,
    pub(crate) progress: Progress,
}

/// Where a run was when it was noted last.
#[derive(Clone, Debug)]
pub struct Resumed {
    pub(crate) state: String,
    pub(crate) input: Option<String>,
    pub(crate) variables: Option<String>,
    pub(crate) progress: Progress,
}

impl Resumed {
    /// The progress of an execution of which nothing but so many events was written down.
    pub(crate) fn first(events: u64) -> String {
        Progress { last: events, ..Progress::default() }.to_string()
    }
}

/// Milliseconds since 1970.
pub(crate) fn millis(time: SystemTime) -> u64 {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// The time so many milliseconds after the beginning of 1970.
pub(crate) fn time(millis: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_millis(millis)
}

/// A value as it was written down.
pub(crate) fn read<T: Payload>(json: &str) -> Result<T, String> {
    serde_json::from_str(json).map_err(|error| error.to_string())
}
