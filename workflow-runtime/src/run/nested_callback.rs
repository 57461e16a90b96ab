//! `#[nested(…, callback)]`: another workflow that is left to itself, and the answer to the token that it was given.

use std::marker::PhantomData;

use super::callback::answered;
use super::nested::{NestedInfo, not_json};
use super::progress::Phase;
use super::retry::Work;
use super::{Fault, Record, Run};
use crate::history::{EventDetail, Resource};
use crate::token::Answered;
use crate::{TaskToken, Workflow};

impl<R: Record> Run<R> {
    /// Starts a workflow with a token, until the token's success is sent or nothing retries it.
    pub async fn nested_callback<C: Workflow, I: Send, T: Send>(
        &mut self,
        info: &'static NestedInfo,
        child: &C,
        input: I,
        keep: impl Fn(&I) -> Option<I> + Send,
        (copy, answered): (fn(&C) -> C, Answered<T>),
        make: impl FnMut(&mut Run<R>, I, TaskToken<T>) -> Result<C::Input, Fault> + Send,
    ) -> Result<T, Fault> {
        let work = Delegate { info, child, copy, make, answered, input: PhantomData };
        self.persist(work, input, keep, info.retry).await
    }
}

/// A nested workflow that is given a token.
struct Delegate<'a, C, I, F, T> {
    info: &'static NestedInfo,
    child: &'a C,
    /// Copies the child, which may outlive its parent.
    copy: fn(&C) -> C,
    make: F,
    answered: Answered<T>,
    input: PhantomData<fn(I)>,
}

impl<R, C, I, F, T> Work<R> for Delegate<'_, C, I, F, T>
where
    R: Record,
    C: Workflow,
    I: Send,
    F: FnMut(&mut Run<R>, I, TaskToken<T>) -> Result<C::Input, Fault> + Send,
    T: Send,
{
    type Input = I;
    type Output = T;

    async fn attempt(&mut self, run: &mut Run<R>, input: I, retries: u32) -> Result<T, Fault> {
        let (info, resource) = (self.info, &Resource::START_EXECUTION_CALLBACK);
        let context = run.attempt_context(retries);
        let from = run.resumes_from();
        let mut awaited = run.token(context.clone(), self.answered, from.is_some())?;
        let input = (self.make)(run, input, awaited.token())?;
        let (timeout, heartbeat) = (info.timeout, info.heartbeat);
        if from.is_none() {
            run.record.event(|| EventDetail::TaskScheduled { resource, timeout, heartbeat });
            run.record.event(|| EventDetail::TaskStarted { resource });
        }
        if from != Some(Phase::Submitted) {
            run.count_lasting_attempt(timeout);
            run.write(Phase::Attempt).await;
            let json = serde_json::to_string(&input).map_err(|error| not_json::<C>("input", &error))?;
            run.measure(run.state, &json)?;
            let id = run.record.start(run.link(), (self.copy)(self.child), input, json)?;
            run.record.event(|| EventDetail::TaskSubmitted { resource, execution: Some(Box::new(id)) });
            run.write(Phase::Submitted).await;
        }
        let deadline = run.attempt_deadline(timeout, from.is_some());
        // Whatever becomes of the child, only the token counts.
        let result = answered(deadline, heartbeat, &context, &mut awaited).await;
        run.sent(resource, result, self.answered)
    }
}
