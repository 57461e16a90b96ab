//! `#[task(callback)]`: attempts at the user's code that hand out a token, and end with the answer to it.

use std::future::Future;
use std::marker::PhantomData;
use std::pin::pin;
use std::time::Duration;

use tokio::time::Instant;
use workflow_model::states::StatesError;

use super::contain::{PANIC, contain};
use super::progress::Phase;
use super::retry::Work;
use super::task::beating;
use super::{Fault, Record, Run, TaskInfo};
use crate::engine::Awaited;
use crate::history::{EventDetail, Resource};
use crate::task_return::{Raised, Returned};
use crate::token::Answered;
use crate::{Failure, TaskContext, TaskToken, clock};

impl<R: Record> Run<R> {
    /// Runs a callback until it succeeds or nothing retries it.
    pub async fn callback<I, F, Fut, T>(
        &mut self,
        info: &'static TaskInfo,
        input: I,
        keep: impl Fn(&I) -> Option<I> + Send,
        call: F,
        submitted: Returned<Fut::Output, ()>,
        answered: Answered<T>,
    ) -> Result<T, Fault>
    where
        I: Send,
        F: FnMut(I, TaskToken<T>, TaskContext) -> Fut + Send,
        Fut: Future + Send,
        T: Send,
    {
        let work = Submit { info, call, submitted, answered, input: PhantomData };
        self.persist(work, input, keep, info.retry).await
    }

    /// Gives out the token of an attempt. Without an engine nobody could ever use it.
    pub(super) fn token<T>(
        &mut self,
        context: TaskContext,
        answered: Answered<T>,
        is_resumed: bool,
    ) -> Result<Awaited, Fault> {
        let id = self.attempt_token(is_resumed);
        let answering = self.record.answering(id);
        let Some(tasks) = self.record.tasks() else {
            let cause = format!(
                "`{}` waits for somebody from outside of the workflow, whom only an engine hears: start the execution with \
                 `Engine::start`, not with `Workflow::run`",
                self.state
            );
            return Err(Failure::states(StatesError::Runtime, cause).into());
        };
        Ok(tasks.wait(id, context, answered, answering))
    }

    /// Ends an attempt with what was sent for it.
    pub(super) fn sent<T>(
        &mut self,
        resource: &'static Resource,
        result: Result<String, Fault>,
        answered: Answered<T>,
    ) -> Result<T, Fault> {
        let json = self.attempted(resource, result, |json| Ok(json.clone()))?;
        read(&json, answered)
    }
}

/// Waits for the answer to a token, for as long as its time lasts and its heartbeats come.
pub(super) async fn answered(
    deadline: Option<Instant>,
    heartbeat: Option<Duration>,
    context: &TaskContext,
    awaited: &mut Awaited,
) -> Result<String, Fault> {
    let ended = {
        let answer = pin!(awaited.answer());
        let beating = pin!(beating(heartbeat, Some(context), answer));
        clock::until(deadline, beating).await.unwrap_or_else(|| Err(Fault::timeout()))
    };
    match ended {
        Ok(answer) => answer.map_err(Fault::task),
        Err(late) => taken(awaited, late),
    }
}

/// The answer to an attempt that is over, if one was taken before: whoever was told so must be right.
fn taken(awaited: &mut Awaited, over: Fault) -> Result<String, Fault> {
    awaited.answered().map_or(Err(over), |answer| answer.map_err(Fault::task))
}

/// The result in a JSON text that was found to hold one when it was sent, or that was sent before anybody could look.
pub(super) fn read<T>(json: &str, answered: Answered<T>) -> Result<T, Fault> {
    (answered.read)(json).map_err(|error| {
        let cause = format!("what was sent is not what the task ends with: {error}");
        Failure::states(StatesError::Runtime, cause).into()
    })
}

/// A callback's method.
struct Submit<I, F, R, T> {
    info: &'static TaskInfo,
    call: F,
    submitted: Returned<R, ()>,
    answered: Answered<T>,
    input: PhantomData<fn(I)>,
}

impl<R, I, F, Fut, T> Work<R> for Submit<I, F, Fut::Output, T>
where
    R: Record,
    I: Send,
    F: FnMut(I, TaskToken<T>, TaskContext) -> Fut + Send,
    Fut: Future + Send,
    T: Send,
{
    type Input = I;
    type Output = T;

    async fn attempt(&mut self, run: &mut Run<R>, input: I, retries: u32) -> Result<T, Fault> {
        let (info, resource) = (self.info, &self.info.resource);
        let from = run.resumes_from();
        if from != Some(Phase::Submitted) {
            run.count_lasting_attempt(info.timeout);
        }
        let context = run.attempt_context(retries);
        let mut awaited = run.token(context.clone(), self.answered, from.is_some())?;
        let (timeout, heartbeat) = (info.timeout, info.heartbeat);
        if from.is_none() {
            run.record.event(|| EventDetail::TaskScheduled { resource, timeout, heartbeat });
            run.record.event(|| EventDetail::TaskStarted { resource });
        }
        if from == Some(Phase::Submitted) {
            // The method has done its part before the process ended.
            let deadline = run.attempt_deadline(timeout, true);
            let result = answered(deadline, heartbeat, &context, &mut awaited).await;
            return run.sent(resource, result, self.answered);
        }
        run.write(Phase::Attempt).await;
        let admitted = run.record.admitted().await;
        let ended = {
            let answer = pin!(async {
                {
                    let _admitted = admitted;
                    // It ends with this block: what the method holds is given back before the long wait.
                    let span = run.span.attempt(context.attempt());
                    let called = pin!(span.within((self.call)(input, awaited.token(), context.clone())));
                    contain(called)
                        .await
                        .map_err(|panic| Raised { error: PANIC, message: panic })
                        .and_then(self.submitted.into_result)
                }
                .map_err(|raised| Fault::task(raised.in_resource(resource)))?;
                run.record.event(|| EventDetail::TaskSubmitted { resource, execution: None });
                run.write(Phase::Submitted).await;
                awaited.answer().await.map_err(Fault::task)
            });
            let beating = pin!(beating(heartbeat, Some(&context), answer));
            clock::within(timeout, beating).await.unwrap_or_else(|| Err(Fault::timeout()))
        };
        // An answer counts whatever became of the method since.
        let result = ended.and_then(|ended| ended).or_else(|fault| taken(&mut awaited, fault));
        run.sent(resource, result, self.answered)
    }
}
