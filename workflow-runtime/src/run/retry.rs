//! Retriers and catchers: which errors they take, and what a retrier does about them.

use std::future::Future;
use std::time::Duration;

use tokio::time::sleep_until;
use workflow_model::states::{Backoff, Jitter, StatesError};

use super::progress::{Phase, time};
use super::{Record, Run};
use crate::{Failure, clock};

/// A failure with what the retriers and catchers of its state need to know besides its name.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct Fault {
    /// What the execution sees of it.
    pub failure: Failure,
    kind: FaultKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FaultKind {
    /// The task or the nested execution itself failed.
    Task,
    /// It took too long.
    Timeout,
    /// It was silent for too long, which is recorded as a timeout.
    Heartbeat,
    /// A portable expression failed.
    Evaluation,
    /// The run itself could not go on.
    Runtime,
}

impl Fault {
    pub(super) fn task(failure: Failure) -> Self {
        Fault { failure, kind: FaultKind::Task }
    }

    pub(super) fn timeout() -> Self {
        Fault { failure: Failure::states(StatesError::Timeout, ""), kind: FaultKind::Timeout }
    }

    pub(super) fn heartbeat() -> Self {
        Fault { kind: FaultKind::Heartbeat, ..Fault::timeout() }
    }

    /// What a branch failed with: its error is all that is known of it.
    pub(super) fn branch(failure: Failure) -> Self {
        let is = |error: StatesError| failure.error == error.asl_name();
        let kind = match () {
            () if is(StatesError::Timeout) => FaultKind::Timeout,
            () if is(StatesError::Runtime) => FaultKind::Runtime,
            () if is(StatesError::QueryEvaluationError) => FaultKind::Evaluation,
            () => FaultKind::Task,
        };
        Fault { failure, kind }
    }

    pub(super) fn evaluation(failure: Failure) -> Self {
        Fault { failure, kind: FaultKind::Evaluation }
    }

    pub(super) fn is_timeout(&self) -> bool {
        matches!(self.kind, FaultKind::Timeout | FaultKind::Heartbeat)
    }
}

impl From<Failure> for Fault {
    fn from(failure: Failure) -> Self {
        Fault { failure, kind: FaultKind::Runtime }
    }
}

/// An error that a retrier or a catcher names.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub enum ErrorMatch {
    /// An error of Step Functions, or one of its wildcards.
    States(StatesError),
    /// An error of the user's, by its name in Amazon States Language.
    Named(&'static str),
}

impl ErrorMatch {
    fn takes(self, fault: &Fault) -> bool {
        match self {
            ErrorMatch::Named(name) => fault.failure.error == name,
            ErrorMatch::States(StatesError::All) => fault.failure.error != StatesError::Runtime.asl_name(),
            ErrorMatch::States(StatesError::TaskFailed) => fault.kind == FaultKind::Task,
            ErrorMatch::States(StatesError::HeartbeatTimeout) => fault.kind == FaultKind::Heartbeat,
            ErrorMatch::States(error) => fault.failure.error == error.asl_name(),
        }
    }
}

/// The position of the first catcher that takes the fault.
#[doc(hidden)]
pub fn caught(catchers: &[&[ErrorMatch]], fault: &Fault) -> Option<usize> {
    catchers.iter().position(|errors| errors.iter().any(|error| error.takes(fault)))
}

/// The name that `variant` has in a [`TaskError`](crate::TaskError)'s table. Empty where there is none: rustc then says that there
/// is no such variant.
#[doc(hidden)]
pub const fn error_name(names: &'static [(&'static str, &'static str)], variant: &'static str) -> &'static str {
    let mut index = 0;
    while index < names.len() {
        if same(names[index].0.as_bytes(), variant.as_bytes()) {
            return names[index].1;
        }
        index += 1;
    }
    ""
}

/// `==` on byte strings, which a constant cannot yet ask for.
pub(crate) const fn same(left: &[u8], right: &[u8]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let mut index = 0;
    while index < left.len() {
        if left[index] != right[index] {
            return false;
        }
        index += 1;
    }
    true
}

/// A `#[retry(…)]`.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct RetryInfo {
    /// The errors it takes.
    pub errors: &'static [ErrorMatch],
    /// Its schedule.
    pub backoff: Backoff,
}

/// Something that can be tried more than once.
pub(super) trait Work<R>: Send {
    type Input: Send;
    type Output: Send;

    /// One attempt; `retries` counts those before it.
    fn attempt(
        &mut self,
        run: &mut Run<R>,
        input: Self::Input,
        retries: u32,
    ) -> impl Future<Output = Result<Self::Output, Fault>> + Send;
}

impl<R: Record> Run<R> {
    /// Tries until an attempt succeeds, or fails with an error that no retrier takes, or no longer takes.
    ///
    /// `keep` makes the copy of the input that a later attempt needs; without retriers nothing is copied.
    pub(super) async fn persist<W: Work<R>>(
        &mut self,
        mut work: W,
        input: W::Input,
        keep: impl Fn(&W::Input) -> Option<W::Input> + Send,
        retriers: &'static [RetryInfo],
    ) -> Result<W::Output, Fault> {
        // Each retrier counts its own attempts.
        let (mut retries, mut spent) = if self.is_kept() { self.resume_retries().await } else { (0, Vec::new()) };
        let mut input = Some(input);
        loop {
            let Some(current) = input.take() else {
                unreachable!("a retry is only taken where the input was kept");
            };
            input = keep(&current);
            self.retries = retries;
            let fault = match work.attempt(self, current, retries).await {
                Ok(output) => return Ok(output),
                Err(fault) => fault,
            };
            let taking = retriers.iter().position(|retrier| retrier.errors.iter().any(|error| error.takes(&fault)));
            let (Some(index), true) = (taking, input.is_some()) else {
                return Err(fault);
            };
            spent.resize(retriers.len(), 0);
            if spent[index] >= retriers[index].backoff.max_attempts {
                return Err(fault);
            }
            let delay = jittered(retriers[index].backoff.delay(spent[index]), retriers[index].backoff.jitter);
            spent[index] += 1;
            retries += 1;
            self.span.retried(&fault.failure.error, retries, delay);
            self.retry_after(delay, retries, &spent).await;
        }
    }

    /// How often each retrier was used, and all of them together: never, unless the state goes on after the process ended. A wait that
    /// was not over is waited to its end.
    async fn resume_retries(&mut self) -> (u32, Vec<u32>) {
        let Some(kept) = &mut self.kept else { return (0, Vec::new()) };
        let spent = kept.spent.clone();
        match kept.resumed {
            None | Some(Phase::Next) => return (0, spent),
            Some(Phase::Delay(until)) => {
                kept.resumed = None;
                sleep_until(self.record.instant(time(until))).await;
            }
            Some(_) => {}
        }
        (self.retries, spent)
    }

    /// Lets the time before a retry pass.
    async fn retry_after(&mut self, delay: Duration, retries: u32, spent: &[u32]) {
        self.retries = retries;
        if let Some(kept) = &mut self.kept {
            kept.spent = spent.to_vec();
        }
        // Where there is nothing to sleep for, tokio would round that up to a millisecond.
        if !delay.is_zero() {
            let until = clock::after(delay);
            self.pausing(Phase::Delay, until).await;
            sleep_until(until).await;
        }
    }
}

/// The wait before a retry: with full jitter an evenly distributed part of what was computed.
fn jittered(delay: Duration, jitter: Jitter) -> Duration {
    match jitter {
        Jitter::None => delay,
        Jitter::Full => {
            let random = getrandom::u32().expect("the operating system gives random bytes");
            delay.mul_f64(f64::from(random) / f64::from(u32::MAX))
        }
    }
}
