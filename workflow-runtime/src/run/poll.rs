//! `#[poll]`: attempts at the user's code with waits between them, until there is an answer, or no time is left.
//!
//! The loop is made of states, as it is in the export: what it counts is in the value of the state enum, and so survives wherever
//! that does. The choice behind an attempt, which waits for nothing, is a state of the history only.

use std::future::Future;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::{Fault, Record, Run, TaskInfo};
use crate::task_return::Returned;
use crate::workflow::StateInfo;
use crate::{Failure, Poll, TaskContext, Workflow};

/// A poll before an attempt.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct Polling<I> {
    /// The input of the state.
    pub input: I,
    /// How often it was polled in this visit.
    poll_count: u32,
    /// When the state was entered, in milliseconds since 1970.
    polling_since: u64,
}

/// The same, and the answer, as the history shows it.
#[derive(Serialize)]
struct Shown<'a> {
    input: Box<RawValue>,
    poll_count: u32,
    polling_since: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<&'a RawValue>,
}

/// The same as it is read.
#[derive(Deserialize)]
struct Read<'a> {
    #[serde(borrow)]
    input: &'a RawValue,
    poll_count: u32,
    polling_since: u64,
}

impl<I> Polling<I> {
    /// Its JSON, by that of the input.
    pub fn to_json(&self, input: impl FnOnce(&I) -> serde_json::Result<String>) -> serde_json::Result<String> {
        self.shown(input, None)
    }

    /// The poll of this JSON, by how its input is read.
    pub fn from_json(json: &str, read: impl FnOnce(&str) -> serde_json::Result<I>) -> serde_json::Result<Self> {
        let Read { input, poll_count, polling_since } = serde_json::from_str(json)?;
        Ok(Polling { input: read(input.get())?, poll_count, polling_since })
    }

    /// The same with its input as it is after it crossed an edge.
    pub fn cross(self, cross: impl FnOnce(I) -> Result<I, Failure>) -> Result<Self, Failure> {
        Ok(Polling { input: cross(self.input)?, ..self })
    }

    fn shown(
        &self,
        input: impl FnOnce(&I) -> serde_json::Result<String>,
        answer: Option<&RawValue>,
    ) -> serde_json::Result<String> {
        let Polling { poll_count, polling_since, .. } = *self;
        let input = RawValue::from_string(input(&self.input)?)?;
        serde_json::to_string(&Shown { input, poll_count, polling_since, answer })
    }
}

/// What follows an attempt.
#[doc(hidden)]
#[derive(Debug)]
pub enum PollStep<I, T> {
    /// There is an answer, to this input.
    Ready(T, I),
    /// There is time for another attempt.
    Again(Polling<I>),
    /// There is not.
    Late(I),
}

/// What is known of a poll before it runs.
#[doc(hidden)]
#[derive(Debug)]
pub struct PollInfo {
    /// What is known of an attempt.
    pub attempt: TaskInfo,
    /// The time between two attempts.
    pub every: Duration,
    /// The time in which attempts may begin.
    pub deadline: Duration,
    /// The position of the choice behind an attempt in [`Workflow::STATES`].
    pub ready: usize,
}

impl<R: Record> Run<R> {
    /// Begins to poll.
    pub fn start_poll<I>(&mut self, input: I) -> Polling<I> {
        Polling { input, poll_count: 0, polling_since: self.millis() }
    }

    /// Makes an attempt, with the retriers that it has.
    pub async fn poll<I, F, Fut, T>(
        &mut self,
        info: &'static PollInfo,
        polling: Polling<I>,
        copy: fn(&I) -> I,
        mut call: F,
        returned: Returned<Fut::Output, Poll<T>>,
    ) -> Result<(Polling<I>, Poll<T>), Fault>
    where
        I: Send,
        F: FnMut(I, Option<TaskContext>) -> Fut + Send,
        Fut: Future + Send,
        T: Send,
    {
        let Polling { input, poll_count, polling_since } = polling;
        let kept = copy(&input);
        let keep = |input: &I| (!info.attempt.retry.is_empty()).then(|| copy(input));
        let since = SystemTime::UNIX_EPOCH + Duration::from_millis(polling_since);
        let call = |input, context: Option<TaskContext>| {
            call(input, context.map(|context| context.polling(poll_count, since)))
        };
        let answer = self.task(&info.attempt, input, keep, call, returned).await?;
        Ok((Polling { input: kept, poll_count: poll_count.saturating_add(1), polling_since }, answer))
    }

    /// Goes on to the choice behind an attempt, and decides there: what would begin when the deadline is over does not begin.
    pub fn polled<W: Workflow, I, T>(
        &mut self,
        info: &'static PollInfo,
        attempt: &'static StateInfo,
        (polling, answer): (Polling<I>, Poll<T>),
        input_json: impl FnOnce(&I) -> serde_json::Result<String>,
        answer_json: impl FnOnce(&Poll<T>) -> serde_json::Result<String>,
    ) -> (&'static StateInfo, PollStep<I, T>) {
        let shown = self.record.json(|| {
            let answer = RawValue::from_string(answer_json(&answer)?)?;
            polling.shown(input_json, Some(&answer))
        });
        let ready = self.go_through::<W>(attempt, info.ready, shown);
        let step = match answer {
            Poll::Ready(value) => PollStep::Ready(value, polling.input),
            Poll::Pending => {
                let passed = Duration::from_millis(self.millis().saturating_sub(polling.polling_since));
                match passed.saturating_add(info.every) < info.deadline {
                    true => PollStep::Again(polling),
                    false => PollStep::Late(polling.input),
                }
            }
        };
        (ready, step)
    }

    /// When the state was entered, as the loop counts time.
    fn millis(&mut self) -> u64 {
        let since = self.entered().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
    }
}
