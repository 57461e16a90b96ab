//! `#[task(activity)]`: attempts that a worker takes from the queue of an activity, and ends.

use std::sync::Arc;

use workflow_model::states::StatesError;

use super::callback::{answered, read};
use super::progress::Phase;
use super::retry::Work;
use super::{Fault, Record, Run, TaskInfo};
use crate::Failure;
use crate::history::{ActivityScheduled, EventDetail};
use crate::token::Answered;

impl<R: Record> Run<R> {
    /// Lets workers run a task until it succeeds or nothing retries it.
    pub async fn activity<I, T: Send>(
        &mut self,
        info: &'static TaskInfo,
        activity: &'static str,
        input: I,
        to_json: fn(&I) -> serde_json::Result<String>,
        answered: Answered<T>,
    ) -> Result<T, Fault> {
        let json = to_json(&input).map_err(|error| {
            let cause = format!("the input of `{}` is not JSON: {error}", self.state);
            Failure::states(StatesError::Runtime, cause)
        })?;
        // The worker has its own copy from here on.
        drop(input);
        let work = Schedule { info, activity, answered };
        self.persist(work, Arc::from(json), |input| Some(Arc::clone(input)), info.retry).await
    }
}

/// A task for the workers of an activity.
struct Schedule<T> {
    info: &'static TaskInfo,
    activity: &'static str,
    answered: Answered<T>,
}

impl<R: Record, T: Send> Work<R> for Schedule<T> {
    type Input = Arc<str>;
    type Output = T;

    async fn attempt(&mut self, run: &mut Run<R>, input: Arc<str>, retries: u32) -> Result<T, Fault> {
        let (info, activity) = (self.info, self.activity);
        let context = run.attempt_context(retries);
        let from = run.resumes_from();
        let mut awaited = run.token(context.clone(), self.answered, from.is_some())?;
        if from.is_none() {
            let shown = run.record.json(|| Ok(input.to_string()));
            run.record.event(|| {
                let (timeout, heartbeat) = (info.timeout, info.heartbeat);
                let scheduled = ActivityScheduled { activity, input: shown, timeout, heartbeat };
                EventDetail::ActivityScheduled(Box::new(scheduled))
            });
        }
        if from != Some(Phase::Submitted) {
            run.attempting().await;
            let scheduled = awaited.schedule(activity, input.clone());
            let worker_name = awaited.started(scheduled).await;
            run.record.event(|| EventDetail::ActivityStarted { worker_name });
            run.taken(info.timeout).await;
        }
        // Timeout and heartbeats count from when a worker has it: on AWS as well, a task without a worker waits as long as its execution
        // may.
        let deadline = run.attempt_deadline(info.timeout, true);
        let answer = answered(deadline, info.heartbeat, &context, &mut awaited).await;
        let output = answer.as_ref().ok().and_then(|json| run.record.json(|| Ok(json.clone())));
        run.record.event(|| match &answer {
            Ok(_) => EventDetail::ActivitySucceeded { output },
            Err(fault) if fault.is_timeout() => EventDetail::ActivityTimedOut { failure: fault.failure.clone().into() },
            Err(fault) => EventDetail::ActivityFailed { failure: fault.failure.clone().into() },
        });
        read(&answer?, self.answered)
    }
}
