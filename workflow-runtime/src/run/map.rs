//! `#[map]`: a workflow for each item of a list, as a part of the execution or as an execution of its own.

use std::marker::PhantomData;

use super::branch::{Fork, Place};
use super::retry::Work;
use super::{Fault, Record, RetryInfo, Run};
use crate::Workflow;
use crate::history::EventDetail;

/// What is known of a map before it runs.
#[doc(hidden)]
#[derive(Debug)]
pub struct MapInfo {
    /// Its position in [`Workflow::STATES`].
    pub state: usize,
    /// How many items may be under way at once; 0 for as many as there are.
    pub max_concurrency: usize,
    /// Whether each item is an execution of its own.
    pub is_nested: bool,
    /// The retriers, in order.
    pub retry: &'static [RetryInfo],
}

impl<R: Record> Run<R> {
    /// Runs a workflow for each item until all have succeeded, or one has failed and nothing retries it.
    ///
    /// `items` is what the body made, and `select` makes the workflow's input of an item and its position.
    pub(crate) async fn map<W, C, T, F>(
        &mut self,
        info: &'static MapInfo,
        child: &C,
        items: Result<Vec<T>, Fault>,
        keep: impl Fn(&Vec<T>) -> Option<Vec<T>> + Send,
        select: F,
    ) -> Result<Vec<C::Output>, Fault>
    where
        W: Workflow,
        C: Workflow,
        T: Send,
        F: FnMut(&mut Run<R>, T, usize) -> Result<C::Input, Fault> + Send,
    {
        let attempts = Iterating { info, child, select, of: PhantomData::<fn(W, T)> };
        let result = match items {
            Ok(items) => self.persist(attempts, items, keep, info.retry).await,
            Err(fault) => Err(fault),
        };
        self.record.event(|| match &result {
            Ok(_) => EventDetail::MapStateSucceeded,
            Err(_) => EventDetail::MapStateFailed,
        });
        result
    }
}

/// An attempt at all items.
struct Iterating<'a, C, F, P> {
    info: &'static MapInfo,
    child: &'a C,
    select: F,
    of: PhantomData<P>,
}

impl<R, W, C, T, F> Work<R> for Iterating<'_, C, F, fn(W, T)>
where
    R: Record,
    W: Workflow,
    C: Workflow,
    T: Send,
    F: FnMut(&mut Run<R>, T, usize) -> Result<C::Input, Fault> + Send,
{
    type Input = Vec<T>;
    type Output = Vec<C::Output>;

    async fn attempt(&mut self, run: &mut Run<R>, items: Vec<T>, _retries: u32) -> Result<Vec<C::Output>, Fault> {
        let mut waiting = items.into_iter().enumerate();
        let length = waiting.len();
        if run.resumes_from().is_none() {
            run.record.event(|| EventDetail::MapStateStarted { length });
            // It is made durable with the first step of an iteration.
            run.note_attempt();
        }
        let most = if self.info.max_concurrency == 0 { length } else { self.info.max_concurrency };
        let mut fork = Fork::new(Place::new::<W>(run, self.info.state));
        let mut outcomes = Vec::with_capacity(length);
        let result = loop {
            while fork.running() < most
                && let Some((index, item)) = waiting.next()
            {
                let select = |run: &mut Run<R>| (self.select)(run, item, index);
                outcomes.push(fork.iterate(self.child, run.state, self.info.is_nested, select));
            }
            match fork.next().await {
                Some(Ok(())) => {}
                Some(Err(fault)) => break Err(fault),
                None => break Ok(()),
            }
        };
        fork.end(run);
        result.map(|()| outcomes.iter().map(super::Outcome::take).collect())
    }
}
