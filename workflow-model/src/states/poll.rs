//! `#[poll]`: the user's code, again and again until it has an answer, or no time is left.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::task::{Catcher, Retrier};
use crate::machine::{Next, Transition, TypeRef};

/// A poll: an `async fn` of the user's that answers `Pending` or `Ready(value)`.
///
/// The first attempt is made at once. After `Pending` the poll waits for `every`, and tries again; where the next attempt would begin
/// when `deadline` is over, counted from when the state was entered, it goes on in `on_deadline` instead.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Poll {
    /// The time between two attempts. `None` is a finding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<Duration>,
    /// The time in which attempts may begin. `None` is a finding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Duration>,
    /// The longest time one attempt may take. `None` is a finding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeout: Option<Duration>,
    /// Whether the method takes a `TaskContext`.
    #[serde(default)]
    pub takes_context: bool,
    /// The type of what `Ready` holds.
    pub output: TypeRef,
    /// Tried in order when an attempt fails.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub retry: Vec<Retrier>,
    /// Tried in order when no retrier takes the error.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub catch: Vec<Catcher>,
    /// What follows an answer.
    pub next: Next,
    /// What follows when no time is left. The payload's parameter is the state's input. `None` is a finding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_deadline: Option<Transition>,
}

impl Poll {
    /// The states that it becomes in Amazon States Language, and natively: the first is the one that others lead to.
    pub fn states(&self) -> &'static [PollState] {
        match self.next {
            Next::End(_) => &PollState::ALL,
            Next::To(_) | Next::Missing => &[PollState::Start, PollState::Attempt, PollState::Ready, PollState::Wait],
        }
    }
}

/// One of the states that a [`Poll`] becomes.
///
/// What passes between them is an object: the state's `input`, the `poll_count` of attempts so far, `polling_since`, which is when
/// the first one was entered, in milliseconds since 1970, and behind an attempt its `answer`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PollState {
    /// `PollResultStart`, a `Pass`: begins to count.
    Start,
    /// `PollResult`, a `Task`: an attempt.
    Attempt,
    /// `PollResultReady`, a `Choice`: goes on, gives up, or waits.
    Ready,
    /// `PollResultWait`, a `Wait`: lets time pass until the next attempt.
    Wait,
    /// `PollResultDone`, a `Succeed`: ends the execution with the answer, where the poll has `end`.
    Done,
}

impl PollState {
    const ALL: [PollState; 5] =
        [PollState::Start, PollState::Attempt, PollState::Ready, PollState::Wait, PollState::Done];

    /// What it is called in Amazon States Language, where the poll is called `poll`.
    ///
    /// ```
    /// use workflow_model::states::PollState;
    ///
    /// assert_eq!(PollState::Attempt.asl_name("PollResult"), "PollResult");
    /// assert_eq!(PollState::Wait.asl_name("PollResult"), "PollResultWait");
    /// assert_eq!(PollState::Wait.asl_name("Poll the result"), "Poll the result: wait");
    /// ```
    pub fn asl_name(self, poll: &str) -> String {
        let word = match self {
            PollState::Start => "Start",
            PollState::Attempt => return poll.to_owned(),
            PollState::Ready => "Ready",
            PollState::Wait => "Wait",
            PollState::Done => "Done",
        };
        match poll.contains(' ') {
            true => format!("{poll}: {}", word.to_lowercase()),
            false => format!("{poll}{word}"),
        }
    }
}
