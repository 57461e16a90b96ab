//! `#[poll]`: attempts at the user's code with waits between them, until there is an answer, or no time is left.
//!
//! The loop is made of states, as it is in the export: what it counts is in the value of the state enum, and so survives wherever
//! that does.

use std::future::Future;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use super::{Fault, Record, Run, TaskInfo};
use crate::task_return::Returned;
use crate::{Data, Poll, TaskContext};

/// A poll before an attempt.
#[doc(hidden)]
#[derive(Clone, Debug, Serialize, Deserialize, Data)]
pub struct Polling<I> {
    /// The input of the state.
    pub input: I,
    /// How often it was polled in this visit.
    pub poll_count: u32,
    /// When the state was entered, in milliseconds since 1970.
    pub polling_since: u64,
}

/// A poll behind an attempt.
#[doc(hidden)]
#[derive(Clone, Debug, Serialize, Deserialize, Data)]
pub struct Polled<I, T> {
    /// The input of the state.
    pub input: I,
    /// How often it was polled in this visit.
    pub poll_count: u32,
    /// When the state was entered, in milliseconds since 1970.
    pub polling_since: u64,
    /// What came of the last attempt.
    pub answer: Poll<T>,
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

impl<R: Record> Run<R> {
    /// Begins to poll.
    pub fn start_poll<I>(&mut self, input: I) -> Polling<I> {
        Polling { input, poll_count: 0, polling_since: self.millis() }
    }

    /// Makes an attempt, with the retriers that it has.
    pub async fn poll<I, F, Fut, T>(
        &mut self,
        info: &'static TaskInfo,
        polling: Polling<I>,
        copy: fn(&I) -> I,
        mut call: F,
        returned: Returned<Fut::Output, Poll<T>>,
    ) -> Result<Polled<I, T>, Fault>
    where
        I: Send,
        F: FnMut(I, Option<TaskContext>) -> Fut + Send,
        Fut: Future + Send,
        T: Send,
    {
        let Polling { input, poll_count, polling_since } = polling;
        let kept = copy(&input);
        let keep = |input: &I| (!info.retry.is_empty()).then(|| copy(input));
        let since = SystemTime::UNIX_EPOCH + Duration::from_millis(polling_since);
        let call = |input, context: Option<TaskContext>| {
            call(input, context.map(|context| context.polling(poll_count, since)))
        };
        let answer = self.task(info, input, keep, call, returned).await?;
        Ok(Polled { input: kept, poll_count: poll_count.saturating_add(1), polling_since, answer })
    }

    /// Decides how to go on: what would begin when the deadline is over does not begin.
    pub fn polled<I, T>(&mut self, polled: Polled<I, T>, every: Duration, deadline: Duration) -> PollStep<I, T> {
        let Polled { input, poll_count, polling_since, answer } = polled;
        match answer {
            Poll::Ready(value) => PollStep::Ready(value, input),
            Poll::Pending => {
                let passed = Duration::from_millis(self.millis().saturating_sub(polling_since));
                match passed.saturating_add(every) < deadline {
                    true => PollStep::Again(Polling { input, poll_count, polling_since }),
                    false => PollStep::Late(input),
                }
            }
        }
    }

    /// The calendar time, as the loop counts it.
    fn millis(&mut self) -> u64 {
        let since = self.record.now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
    }
}
