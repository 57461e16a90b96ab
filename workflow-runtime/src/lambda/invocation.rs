//! One invocation of the function, and what the generated code does with it.

use std::fmt;
use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use serde_json::value::RawValue;
use tokio::time::{Instant, timeout_at};
use workflow_model::duration::Display;
use workflow_model::states::StatesError;

use super::log::Subject;
use super::{INVALID_INPUT, INVALID_OUTPUT, INVALID_PAYLOAD, UNKNOWN_TASK, UP_TO_DATE};
use crate::task_return::{Raised, Returned};
use crate::token::Answered;
use crate::{TaskContext, TaskToken};

/// A task to run, once.
#[doc(hidden)]
pub struct Invocation {
    workflow: String,
    /// The way to the task, as in `prepare.Charge.pay`.
    task: String,
    /// Where in `task` the rest of the way begins.
    begin: usize,
    input: Box<RawValue>,
    context: TaskContext,
    /// The token of a callback.
    token: Option<String>,
    /// When the function has to have answered.
    deadline: Instant,
}

/// What a task gives: JSON, or its error.
#[doc(hidden)]
#[derive(Debug)]
pub struct Invoked(pub(super) Result<String, Raised>);

impl Invocation {
    pub(super) fn new(
        (workflow, task): (String, String),
        input: Box<RawValue>,
        context: TaskContext,
        token: Option<String>,
        deadline: Instant,
    ) -> Self {
        Invocation { workflow, task, begin: 0, input, context, token, deadline }
    }

    /// What a log says of it.
    pub(super) fn subject(&self) -> Subject {
        Subject { execution: self.context.execution().arn(), task: format!("{}.{}", self.workflow, self.task) }
    }

    pub(super) fn workflow(&self) -> &str {
        &self.workflow
    }

    /// Whether the task is in the branch that this is the way to, as in `prepare.Charge.`; then the rest of the way counts from there.
    pub fn enter(&mut self, way: &str) -> bool {
        let is_there = self.task().starts_with(way);
        if is_there {
            self.begin += way.len();
        }
        is_there
    }

    /// The rest of the way to the task: its name, in the workflow that has it.
    pub fn task(&self) -> &str {
        &self.task[self.begin..]
    }

    /// Runs a task, or an attempt of a poll.
    pub async fn run<I, F, Fut, T>(
        self,
        timeout: Option<Duration>,
        input: Answered<I>,
        call: F,
        returned: Returned<Fut::Output, T>,
    ) -> Invoked
    where
        F: FnOnce(I, TaskContext) -> Fut,
        Fut: Future,
    {
        let result = async {
            let input = self.read(input)?;
            let value = self.in_time(timeout, call(input, self.context.clone())).await?;
            let output = (returned.into_result)(value)?;
            (returned.to_json)(&output).map_err(|error| self.no_json(&error))
        };
        Invoked(result.await)
    }

    /// Calls the method of a callback. The task ends with what is sent for its token, so what the function gives is nothing.
    pub async fn submit<I, F, Fut, T>(
        self,
        timeout: Option<Duration>,
        input: Answered<I>,
        call: F,
        submitted: Returned<Fut::Output, ()>,
    ) -> Invoked
    where
        F: FnOnce(I, TaskToken<T>, TaskContext) -> Fut,
        Fut: Future,
    {
        let result = async {
            let input = self.read(input)?;
            let token = self.token.as_deref().map(str::parse);
            let Some(Ok(token)) = token else { return Err(self.no_token()) };
            let returned = self.in_time(timeout, call(input, token, self.context.clone())).await?;
            (submitted.into_result)(returned)?;
            Ok("null".to_owned())
        };
        Invoked(result.await)
    }

    /// The answer where the workflow has no task of this name, but these.
    pub fn unknown(self, known: &[&str]) -> Invoked {
        let way = &self.task[..self.begin];
        let known: Vec<_> = known.iter().map(|task| format!("`{way}{task}`")).collect();
        let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        let message = format!("`{}` has no task `{}`: it has {known}; {UP_TO_DATE}", self.workflow, self.task);
        Invoked(Err(Raised { error: UNKNOWN_TASK, message }))
    }

    fn read<I>(&self, input: Answered<I>) -> Result<I, Raised> {
        (input.read)(self.input.get()).map_err(|error| {
            let message = format!(
                "`{}.{}` takes something else than it was given: {error}; {UP_TO_DATE}",
                self.workflow, self.task
            );
            Raised { error: INVALID_INPUT, message }
        })
    }

    fn no_json(&self, error: &serde_json::Error) -> Raised {
        let message = format!("what `{}.{}` returned cannot be written as JSON: {error}", self.workflow, self.task);
        Raised { error: INVALID_OUTPUT, message }
    }

    fn no_token(&self) -> Raised {
        let message = format!(
            "`{}.{}` ends with what is sent for its token, but the payload has no `context.task_token`; {UP_TO_DATE}",
            self.workflow, self.task
        );
        Raised { error: INVALID_PAYLOAD, message }
    }

    /// Runs the code for as long as anybody waits for it: after the task's timeout Step Functions has given it up, and after its own
    /// the function is ended, whatever it does.
    async fn in_time<F: Future>(&self, timeout: Option<Duration>, work: F) -> Result<F::Output, Raised> {
        let work = pin!(work);
        let given_up = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        let is_given_up_first = given_up.is_some_and(|given_up| given_up <= self.deadline);
        let end = given_up.map_or(self.deadline, |given_up| given_up.min(self.deadline));
        timeout_at(end, work).await.map_err(|_| match timeout.filter(|_| is_given_up_first) {
            Some(timeout) => self.timed_out(timeout),
            None => self.function_timed_out(timeout),
        })
    }

    fn timed_out(&self, timeout: Duration) -> Raised {
        let message = format!("`{}.{}` took longer than its timeout, {}", self.workflow, self.task, Display(timeout));
        Raised { error: StatesError::Timeout.asl_name(), message }
    }

    fn function_timed_out(&self, timeout: Option<Duration>) -> Raised {
        let longer = timeout.map(|timeout| format!(", {}", Display(timeout))).unwrap_or_default();
        let message = format!(
            "the function's timeout was over before `{}.{}` had ended: give the function more time than the task has{longer}",
            self.workflow, self.task
        );
        Raised { error: FUNCTION_TIMED_OUT, message }
    }
}

/// What Lambda itself calls it when a function's time is over.
const FUNCTION_TIMED_OUT: &str = "Sandbox.Timedout";

impl fmt::Debug for Invocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Invocation")
            .field("workflow", &self.workflow)
            .field("task", &self.task)
            .field("context", &self.context)
            .finish_non_exhaustive()
    }
}
