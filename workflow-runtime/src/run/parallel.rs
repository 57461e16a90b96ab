//! `#[parallel]`: several workflows at once, as branches.

use std::marker::PhantomData;

use super::branch::{Forked, Place};
use super::retry::Work;
use super::{Fault, Record, RetryInfo, Run};
use crate::Workflow;
use crate::history::EventDetail;

/// What is known of a parallel state before it runs.
#[doc(hidden)]
#[derive(Debug)]
pub struct ParallelInfo {
    /// Its position in [`Workflow::STATES`].
    pub state: usize,
    /// The retriers, in order.
    pub retry: &'static [RetryInfo],
}

impl<R: Record> Run<R> {
    /// Runs the branches until all have succeeded, or one has failed and nothing retries it.
    ///
    /// `input` is what the body made. `start` starts the branches, and gives what gathers their outputs.
    pub async fn parallel<W, I, F, S>(
        &mut self,
        info: &'static ParallelInfo,
        input: Result<I, Fault>,
        keep: impl Fn(&I) -> Option<I> + Send,
        start: F,
    ) -> Result<S::Output, Fault>
    where
        W: Workflow,
        I: Send,
        F: FnMut(Place<R>, I) -> S + Send,
        S: Forked<R>,
        S::Output: Send,
    {
        let attempts = Branching { info, start, of: PhantomData::<fn(W, I)> };
        let result = match input {
            Ok(input) => self.persist(attempts, input, keep, info.retry).await,
            Err(fault) => Err(fault),
        };
        self.record.event(|| match &result {
            Ok(_) => EventDetail::ParallelStateSucceeded,
            Err(_) => EventDetail::ParallelStateFailed,
        });
        result
    }
}

/// An attempt at all branches.
struct Branching<F, P> {
    info: &'static ParallelInfo,
    start: F,
    of: PhantomData<P>,
}

impl<R, W, I, F, S> Work<R> for Branching<F, fn(W, I)>
where
    R: Record,
    W: Workflow,
    I: Send,
    F: FnMut(Place<R>, I) -> S + Send,
    S: Forked<R>,
    S::Output: Send,
{
    type Input = I;
    type Output = S::Output;

    async fn attempt(&mut self, run: &mut Run<R>, input: I, _retries: u32) -> Result<S::Output, Fault> {
        if run.resumes_from().is_none() {
            run.record.event(|| EventDetail::ParallelStateStarted);
            // It is made durable with the first step of a branch.
            run.note_attempt();
        }
        let place = Place::new::<W>(run, self.info.state);
        (self.start)(place, input).join(run).await
    }
}
