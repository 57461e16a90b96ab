//! Steps as an engine would hand them over, in few words.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use workflow_runtime::store::{Answer, BranchChange, Checkpoint, End, Events, Park, Start, Step};
use workflow_runtime::{Failure, Status};

/// So many seconds after a moment in 2023.
pub(crate) fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_700_000_000 + seconds)
}

/// Nothing yet, of the execution with this number.
pub(crate) fn step(execution: u64) -> Step {
    Step { execution, ..Step::default() }
}

/// The start of an execution of `PollService` that is called after its number.
pub(crate) fn start(execution: u64) -> Step {
    step(execution).start("PollService", &format!("job-{execution}"))
}

/// A state that is called `state`, with an input.
pub(crate) fn checkpoint(state: &'static str) -> Checkpoint {
    let input = format!(r#"{{"ticket":"for {state}"}}"#);
    Checkpoint { state, input: Some(input.into()), variables: None, progress: r#"{"attempts":1}"#.into() }
}

pub(crate) fn failure() -> Failure {
    Failure::new("Refused", "not today")
}

/// What a step is made of, one after the other.
pub(crate) trait Build: Sized {
    fn start(self, workflow: &'static str, name: &str) -> Self;
    fn part_of(self, parent: u64, link: &str) -> Self;
    fn at(self, state: &'static str) -> Self;
    fn branch(self, path: &str, state: &'static str) -> Self;
    fn gone(self, beginning: &str) -> Self;
    /// So many events from `first` on.
    fn events(self, place: u64, before: u64, first: u64, count: u64) -> Self;
    fn until(self, due: SystemTime) -> Self;
    fn over(self) -> Self;
    fn answer(self, token: u128, output: &str) -> Self;
    fn refuse(self, token: u128) -> Self;
    fn succeed(self, output: &str) -> Self;
    fn end(self, status: Status, failure: Option<Failure>) -> Self;
}

impl Build for Step {
    fn start(self, workflow: &'static str, name: &str) -> Self {
        let start = Start {
            workflow,
            name: name.into(),
            parent: None,
            link: None,
            input: format!(r#"{{"document":"{name}"}}"#).into(),
            started: at(self.execution),
            fingerprint: 0xfeed_0000_0000_beef,
        };
        Step { start: Some(Box::new(start)), ..self }
    }

    fn part_of(mut self, parent: u64, link: &str) -> Self {
        let start = self.start.as_mut().expect("a part is started");
        (start.parent, start.link) = (Some(parent), Some(link.into()));
        self
    }

    fn at(self, state: &'static str) -> Self {
        Step { checkpoint: Some(checkpoint(state)), ..self }
    }

    fn branch(mut self, path: &str, state: &'static str) -> Self {
        self.branches.push(BranchChange::At(path.into(), checkpoint(state)));
        self
    }

    fn gone(mut self, beginning: &str) -> Self {
        self.branches.push(BranchChange::Gone(beginning.into()));
        self
    }

    fn events(self, place: u64, before: u64, first: u64, count: u64) -> Self {
        let events: Vec<_> = (first..first + count).map(|id| format!(r#"{{"id":{id}}}"#)).collect();
        let json = format!("[{}]", events.join(",")).into();
        Step { events: Some(Events { place, before, first, time: at(place % 1_000), json }), ..self }
    }

    fn until(self, due: SystemTime) -> Self {
        Step { park: Some(Park::Until(due)), ..self }
    }

    fn over(self) -> Self {
        Step { park: Some(Park::Over), ..self }
    }

    fn answer(mut self, token: u128, output: &str) -> Self {
        self.answers.push(Answer { token, result: Ok(output.into()) });
        self
    }

    fn refuse(mut self, token: u128) -> Self {
        self.answers.push(Answer { token, result: Err(failure()) });
        self
    }

    fn succeed(self, output: &str) -> Self {
        let stopped = at(1_000 + self.execution);
        Step {
            end: Some(End { status: Status::Succeeded, output: Some(output.into()), failure: None, stopped }),
            ..self
        }
    }

    fn end(self, status: Status, failure: Option<Failure>) -> Self {
        let stopped = at(1_000 + self.execution);
        Step { end: Some(End { status, output: None, failure, stopped }), ..self }
    }
}
