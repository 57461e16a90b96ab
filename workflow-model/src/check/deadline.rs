//! W0310 to W0314: what the workflow's own timeout leaves no time for.

use std::time::Duration;

use super::text;
use crate::bounds::{self, Delays, Known, Measure, Net, Shortest, duration, millis_up};
use crate::duration::Display;
use crate::finding::{Code, Finding, Place, StatePart};
use crate::machine::{State, StateMachine};
use crate::states::{ErrorRef, Retrier, StateKind, StatesError, Wait, WaitTime};

/// What a single state does with the time there is.
pub(super) fn check_states(machine: &StateMachine, findings: &mut Vec<Finding>) {
    let Some(deadline) = Deadline::new(machine) else { return };
    // Numbers that no execution could have are told already.
    let odd: Vec<usize> = findings.iter().filter(|finding| finding.code == Code::W0303).filter_map(state_of).collect();
    for (position, state) in machine.states.iter().enumerate().filter(|(position, _)| !odd.contains(position)) {
        findings.extend(deadline.too_long_in(position, state));
        let before = findings.len();
        for (index, retrier) in state.kind.retriers().iter().enumerate() {
            findings.extend(deadline.retried_too_late((position, index), state, retrier));
        }
        if findings.len() == before {
            findings.extend(deadline.too_many_attempts(position, state));
        }
    }
}

/// What whole paths do with it, in a machine whose graph is right.
pub(super) fn check_paths(machine: &StateMachine, known: &Known, findings: &mut Vec<Finding>) {
    let Some(deadline) = Deadline::new(machine) else { return };
    let told = findings.iter().filter(|finding| matches!(finding.code, Code::W0303 | Code::W0309 | Code::W0310));
    let too_long: Vec<usize> = told.filter_map(state_of).collect();
    let Some(net) = Net::new(machine, known) else { return };
    let shortest = Shortest::new(&net, Measure::Time);
    let way = Way { machine, net: &net, shortest: &shortest, too_long };
    match shortest.to_any_end() {
        Some((least, last)) if duration(least) > deadline.time => {
            findings.extend(deadline.no_end_in_time(&way, duration(least), last));
        }
        _ => findings.extend(deadline.late_states(&way)),
    }
}

fn state_of(finding: &Finding) -> Option<usize> {
    match finding.place {
        Place::State(state, _) => Some(state),
        Place::Workflow | Place::WorkflowOption(_) => None,
    }
}

/// The moment at which every execution has ended.
struct Deadline {
    time: Duration,
    /// What it is, as in `the workflow's timeout (1h)`.
    what: String,
    /// The longest that it could be.
    longest: Duration,
}

impl Deadline {
    fn new(machine: &StateMachine) -> Option<Self> {
        let time = bounds::limit(machine)?;
        let shown = Display(time);
        let what = match machine.timeout {
            Some(_) => format!("the workflow's timeout ({shown})"),
            None => format!("what Step Functions lets an execution take ({shown})"),
        };
        let longest = bounds::longest_allowed(machine.mode).unwrap_or(Duration::MAX);
        Some(Deadline { time, what, longest })
    }

    /// A wait that is longer than the whole execution may be.
    fn too_long_in(&self, position: usize, state: &State) -> Option<Finding> {
        let StateKind::Wait(Wait { time: WaitTime::Fixed(time), .. }) = &state.kind else { return None };
        if *time <= self.time {
            return None;
        }
        let message = format!(
            "`{}` waits {}, which is beyond {}, so what follows it is never reached",
            state.name,
            Display(*time),
            self.what
        );
        let place = Place::State(position, StatePart::Option("duration"));
        let shorter = format!("write `#[wait(\"{}\", …)]` or less", Display(self.time));
        Some(Finding::new(Code::W0310, place, message).help(self.remedy(shorter, *time)))
    }

    /// A retrier whose last attempts cannot begin in time, however soon those before them fail.
    fn retried_too_late(&self, (position, index): (usize, usize), state: &State, retrier: &Retrier) -> Option<Finding> {
        let delays = Delays::of(&state.kind, retrier);
        let attempts = u64::from(retrier.backoff.max_attempts);
        let total = duration(delays.shortest_of(attempts));
        if total <= self.time {
            return None;
        }
        let terms = (0..attempts.min(1_000)).map(|retry| Display(duration(delays.shortest(retry))).to_string());
        let message = format!(
            "a retrier of `{}` comes to its last retry after {} = {} at the earliest, which is beyond {}",
            state.name,
            text::sum(&shown(terms, attempts)),
            Display(total),
            self.what
        );
        let fits = text::greatest(attempts, |retries| duration(delays.shortest_of(retries)) <= self.time);
        let place = Place::State(position, StatePart::RetryOption(index, "max_attempts"));
        let help = match fits {
            0 => "write a shorter `interval`".to_owned(),
            fits => {
                format!("write `max_attempts = {fits}`, which takes {}", Display(duration(delays.shortest_of(fits))))
            }
        };
        Some(Finding::new(Code::W0311, place, message).help(self.remedy(help, total)))
    }

    /// Attempts that all take their time, and the delays between them. An attempt that is out of time is followed by another where
    /// a retrier takes timeouts.
    fn too_many_attempts(&self, position: usize, state: &State) -> Option<Finding> {
        let timeout = match &state.kind {
            StateKind::Task(task) => task.timeout?,
            StateKind::Nested(nested) => nested.timeout?,
            _ => return None,
        };
        let retriers = || state.kind.retriers().iter().filter(|retrier| takes_timeouts(retrier));
        let attempts = 1 + retriers().map(|retrier| u64::from(retrier.backoff.max_attempts)).sum::<u64>();
        let delays =
            retriers().map(|retrier| Delays::new(retrier.backoff, 0).longest_of(retrier.backoff.max_attempts.into()));
        let delays = duration(delays.fold(0, u64::saturating_add));
        let total = duration(millis_up(timeout).saturating_mul(attempts)).saturating_add(delays);
        if total <= self.time {
            return None;
        }
        let name = &state.name;
        let message = if timeout > self.time {
            format!("the timeout of `{name}` ({}) is beyond {}, so it can never expire", Display(timeout), self.what)
        } else {
            format!(
                "`{name}` may take {}, which is beyond {}: {} attempts of {} each and {} of delays; the execution then ends before \
                 its retriers are done",
                Display(total),
                self.what,
                text::grouped(attempts),
                Display(timeout),
                Display(delays)
            )
        };
        let left = self.time.saturating_sub(delays).as_secs() / attempts;
        let shorter = match left {
            0 => "write fewer `max_attempts`".to_owned(),
            left => format!("write `timeout = \"{}\"` on `{name}`", Display(Duration::from_secs(left))),
        };
        let place = Place::State(position, StatePart::Option("timeout"));
        let finding = Finding::new(Code::W0312, place, message).help(self.remedy(shorter, total));
        Some(finding.help(format!(
            "if the workflow's timeout is meant to cut it short, write `#[allow_finding(W0312)]` on `{name}`"
        )))
    }

    /// What to write in a state, or how the workflow is given at least this much time, where it may have that much.
    fn remedy(&self, shorter: String, time: Duration) -> String {
        let whole = Duration::from_secs(time.as_secs().saturating_add(u64::from(time.subsec_nanos() > 0)));
        if whole > self.longest {
            return shorter;
        }
        format!("{shorter}, or give the workflow more time: `timeout = \"{}\"`", Display(whole))
    }

    /// No way to any end is short enough.
    fn no_end_in_time(&self, way: &Way<'_>, least: Duration, last: usize) -> Option<Finding> {
        let path = way.shortest.path(last);
        let terms = way.terms(&path, least)?;
        let message = format!(
            "no execution comes to an end in time: the shortest way to one takes {terms}, which is beyond {}",
            self.what
        );
        let place = Place::WorkflowOption("timeout");
        Some(Finding::new(Code::W0313, place, message).help(self.remedy("wait less on the way".to_owned(), least)))
    }

    /// States that are only come to when the time is up. Of those that follow each other the first is told.
    fn late_states(&self, way: &Way<'_>) -> Vec<Finding> {
        let late = |state: usize| way.shortest.entry[state].map(duration).filter(|&entry| entry > self.time);
        let mut findings = Vec::new();
        for &state in &way.net.order {
            let Some(entry) = late(state) else { continue };
            let path = way.shortest.path(state);
            let before = &path[..path.len() - 1];
            if before.iter().any(|&before| late(before).is_some()) {
                continue;
            }
            let Some(terms) = way.terms(before, entry) else { continue };
            let name = &way.machine.states[state].name;
            let message = format!(
                "`{name}` is reached after {terms} at the earliest, which is beyond {}, so it never runs",
                self.what
            );
            let finding = Finding::new(Code::W0314, Place::State(state, StatePart::Name), message);
            findings.push(finding.help(self.remedy(format!("wait less before `{name}`"), entry)));
        }
        findings
    }
}

fn takes_timeouts(retrier: &Retrier) -> bool {
    let is_one = |error: &ErrorRef| matches!(error, ErrorRef::States(StatesError::All | StatesError::Timeout));
    retrier.errors.iter().any(is_one)
}

/// The shortest ways through a machine.
struct Way<'a> {
    machine: &'a StateMachine,
    net: &'a Net,
    shortest: &'a Shortest,
    /// The states that are too long by themselves, of which enough is said.
    too_long: Vec<usize>,
}

impl Way<'_> {
    /// What the states on a path take, added up to all of it: ``30m in `dry` + 40m in `pack` = 1h 10m``. `None` where one of them is
    /// too long by itself.
    fn terms(&self, path: &[usize], total: Duration) -> Option<String> {
        if path.iter().any(|state| self.too_long.contains(state)) {
            return None;
        }
        let entries = path.iter().map(|&state| self.shortest.entry[state].map_or(Duration::ZERO, duration));
        let exits = entries.clone().skip(1).chain([total]);
        let taking =
            path.iter().zip(entries.zip(exits)).map(|(state, (entry, exit))| (state, exit.saturating_sub(entry)));
        let terms: Vec<String> = taking
            .filter(|(_, time)| !time.is_zero())
            .map(|(&state, time)| format!("{} in `{}`", Display(time), self.machine.states[state].name))
            .collect();
        match terms.as_slice() {
            [only] => Some(only.clone()),
            _ => {
                let count = terms.len() as u64;
                Some(format!("{} = {}", text::sum(&shown(terms.into_iter(), count)), Display(total)))
            }
        }
    }
}

/// The first and the last of so many terms.
fn shown(terms: impl Iterator<Item = String>, count: u64) -> Vec<String> {
    let mut terms: Vec<String> = terms.collect();
    if terms.len() > 6 {
        let last = terms.pop();
        terms.truncate(4);
        terms.push("…".to_owned());
        // Of very many terms the last is not known.
        terms.extend(last.filter(|_| count <= 1_000));
    }
    terms
}
