//! The loop of states that a poll becomes.

use super::error::WriteError;
use super::json::{Json, Object, expression_text};
use super::placeholder::Placeholder;
use super::state::{StateWriter, whole_seconds};
use super::task::{context, invocation, lambda_retrier, told};
use crate::jsonata::{Path, Template};
use crate::machine::Next;
use crate::states::{Poll, PollState};

/// The loop's states in the order of [`Poll::states`], which are called so.
pub(super) fn write(writer: &StateWriter<'_>, poll: &Poll, names: &[&str]) -> Result<Vec<Object>, WriteError> {
    let name = |state| {
        let position = poll.states().iter().position(|&other| other == state);
        position.and_then(|position| names.get(position).copied()).unwrap_or_default()
    };
    let written = poll.states().iter().map(|state| match state {
        PollState::Start => Ok(start(writer).with("Next", name(PollState::Attempt))),
        PollState::Attempt => Ok(attempt(writer, poll)?.with("Next", name(PollState::Ready))),
        PollState::Ready => ready(writer, poll, name(PollState::Wait), name(PollState::Done)),
        PollState::Wait => Ok(wait(writer, poll)?.with("Next", name(PollState::Attempt))),
        PollState::Done => Ok(writer.begin_bare("Succeed")),
    });
    written.collect()
}

/// When the state was entered, in milliseconds since 1970.
const ENTERED: &str = "$toMillis($states.context.State.EnteredTime)";

/// Begins to count: each visit of the poll starts anew.
fn start(writer: &StateWriter<'_>) -> Object {
    let input = match writer.state.input {
        Some(_) => Template::path(&Path::input()),
        None => writer.input_template(),
    };
    let output =
        Object::new().with("input", input).with("poll_count", 0_u64).with("polling_since", expression_text(ENTERED));
    writer.begin_bare("Pass").with("Output", output)
}

/// What is handed from state to state, with the count of attempts as this expression has it.
fn progress(writer: &StateWriter<'_>, poll_count: &str) -> Object {
    Object::new()
        .with("input", writer.input_template())
        .with("poll_count", expression_text(poll_count))
        .with("polling_since", expression_text("$states.input.polling_since"))
}

fn attempt(writer: &StateWriter<'_>, poll: &Poll) -> Result<Object, WriteError> {
    let mut retry = vec![lambda_retrier(writer)?];
    retry.extend(writer.retriers(&poll.retry)?);
    let catch = writer.catchers(&poll.catch)?;
    let context = context(writer)
        .with("poll_count", "{% $states.input.poll_count %}")
        .with("polling_since", "{% $states.input.polling_since %}");
    let answer = Template::path(&Path::result().field("Payload"));
    let output = progress(writer, "$states.input.poll_count + 1").with("answer", answer);
    Ok(writer
        .begin("Task")
        .with("Resource", "arn:aws:states:::lambda:invoke")
        .with("Arguments", invocation(Placeholder::task_function(), told(writer, writer.input_template(), context)))
        .with("Output", output)
        .maybe("TimeoutSeconds", poll.timeout.map(whole_seconds))
        .with("Retry", retry)
        .maybe("Catch", (!catch.is_empty()).then_some(catch)))
}

fn ready(writer: &StateWriter<'_>, poll: &Poll, wait: &str, done: &str) -> Result<Object, WriteError> {
    let value = writer.value(Path::input().field("answer").field("value"), Some(poll.output));
    let next = match &poll.next {
        Next::To(transition) => writer.target(&transition.target)?,
        Next::End(_) => done,
        Next::Missing => return Err(writer.unchecked("has neither `next` nor `end`")),
    };
    let answered = Object::new()
        .with("Condition", "{% $states.input.answer.status = 'READY' %}")
        .with("Output", writer.result_output(&poll.next, &value)?)
        .with("Next", next);
    Ok(writer
        .begin_bare("Choice")
        .with("Choices", vec![answered.into(), given_up(writer, poll)?])
        .with("Default", wait)
        .with("Output", progress(writer, "$states.input.poll_count")))
}

/// The rule for when the next attempt would begin too late.
fn given_up(writer: &StateWriter<'_>, poll: &Poll) -> Result<Json, WriteError> {
    let (Some(every), Some(deadline), Some(on_deadline)) = (poll.every, poll.deadline, &poll.on_deadline) else {
        return Err(writer.unchecked("does not say until when it polls"));
    };
    let too_late =
        format!("{ENTERED} + {} >= $states.input.polling_since + {}", every.as_millis(), deadline.as_millis());
    let output = match &on_deadline.payload {
        Some(lambda) => writer.lower(
            "the closure of `on_deadline`",
            lambda,
            &[writer.input()],
            writer.target_input(&on_deadline.target),
        )?,
        None => writer.input_template(),
    };
    let rule = Object::new()
        .with("Condition", expression_text(&too_late))
        .with("Output", output)
        .with("Next", writer.target(&on_deadline.target)?);
    Ok(rule.into())
}

fn wait(writer: &StateWriter<'_>, poll: &Poll) -> Result<Object, WriteError> {
    let Some(every) = poll.every else { return Err(writer.unchecked("does not say how often it polls")) };
    Ok(writer.begin_bare("Wait").with("Seconds", whole_seconds(every)))
}
