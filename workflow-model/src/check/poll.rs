//! W0307 to W0309: the times of polls against each other.

use std::time::Duration;

use super::time::{LONGEST_EXPRESS, missing_timeout};
use crate::bounds;
use crate::duration::Display;
use crate::finding::{Code, Finding, Place, StatePart};
use crate::machine::{Mode, State, StateMachine};
use crate::states::{Poll, StateKind};

pub(super) fn check(machine: &StateMachine, findings: &mut Vec<Finding>) {
    for (position, state) in machine.states.iter().enumerate() {
        let StateKind::Poll(poll) = &state.kind else { continue };
        if poll.timeout.is_none() {
            findings.push(missing_timeout(machine.mode, position, state));
        }
        let here = Written { position, state, poll };
        findings.extend(here.missing());
        findings.extend(here.too_seldom());
        findings.extend(here.too_long(machine));
    }
}

/// A poll where it was written.
struct Written<'a> {
    position: usize,
    state: &'a State,
    poll: &'a Poll,
}

impl Written<'_> {
    fn place(&self, part: StatePart) -> Place {
        Place::State(self.position, part)
    }

    /// What bounds a poll has to be written: one that ends without an answer would otherwise never end, or end in silence.
    fn missing(&self) -> Vec<Finding> {
        let Poll { every, deadline, on_deadline, .. } = self.poll;
        let name = &self.state.name;
        let kind = || self.place(StatePart::Kind);
        let missing = |message: String, help: &str| Finding::new(Code::W0308, kind(), message).help(help);
        let every = every.is_none().then(|| {
            let message = format!("the poll `{name}` does not say how long it waits between two attempts");
            missing(message, "write `every = \"10s\"`")
        });
        let deadline = deadline.is_none().then(|| {
            let message = format!("the poll `{name}` has no deadline: it would poll for ever where no answer comes");
            missing(message, "say how long it may poll, as in `deadline = \"20m\"`")
        });
        let on_deadline = on_deadline.is_none().then(|| {
            let message = format!("the poll `{name}` does not say what follows when no answer came in time");
            missing(message, "name the state to go on in, as in `on_deadline = gave_up`")
        });
        every.into_iter().chain(deadline).chain(on_deadline).collect()
    }

    /// An interval that leaves time for one attempt only.
    fn too_seldom(&self) -> Option<Finding> {
        let (every, deadline) = (self.poll.every?, self.poll.deadline?);
        if every.is_zero() {
            let message = format!("the poll `{}` does not wait between two attempts", self.state.name);
            let finding = Finding::new(Code::W0307, self.place(StatePart::Option("every")), message);
            return Some(finding.help("write a longer interval, as in `every = \"10s\"`"));
        }
        if every < deadline {
            return None;
        }
        let message = format!(
            "the poll `{}` polls every {}, which is not below its deadline of {}: there is one attempt, and no second",
            self.state.name,
            Display(every),
            Display(deadline)
        );
        let finding = Finding::new(Code::W0307, self.place(StatePart::Option("every")), message);
        let longer = Display(every.saturating_mul(10));
        Some(finding.help(format!("poll more often, or for longer, as in `deadline = \"{longer}\"`")))
    }

    /// A deadline that the end of the execution comes before: the workflow's timeout, or that of every Express execution.
    fn too_long(&self, machine: &StateMachine) -> Option<Finding> {
        let (timeout, whose) = match (machine.timeout, machine.mode) {
            (Some(timeout), _) => (timeout, "the workflow's timeout"),
            (None, Mode::Express) => (LONGEST_EXPRESS, "what an Express execution may take"),
            (None, Mode::Standard | Mode::Native) => return None,
        };
        let deadline = self.poll.deadline.filter(|&deadline| deadline > timeout)?;
        let follows = match &self.poll.on_deadline {
            Some(transition) => format!("`{}` is never reached", transition.target),
            None => "it never comes".to_owned(),
        };
        let message = format!(
            "the deadline of the poll `{}` ({}) is beyond {whose} ({}), so {follows}",
            self.state.name,
            Display(deadline),
            Display(timeout)
        );
        let finding = Finding::new(Code::W0309, self.place(StatePart::Option("deadline")), message);
        let half = Display(Duration::from_secs((timeout.as_secs() / 2).max(1)));
        let shorter = format!("write a shorter one, as in `deadline = \"{half}\"`");
        let longer = deadline.saturating_mul(2);
        let fits = bounds::longest_allowed(machine.mode).is_none_or(|longest| longer <= longest);
        let longer = format!(", or give the workflow more time, as in `timeout = \"{}\"`", Display(longer));
        Some(finding.help(if fits { shorter + &longer } else { shorter }))
    }
}
