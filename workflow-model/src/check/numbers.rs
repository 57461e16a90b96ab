//! W0303: the ranges that Step Functions allows. A native workflow is free of them.

use std::time::Duration;

use super::text::grouped;
use crate::duration::Display;
use crate::finding::{Code, Finding, Place, StatePart};
use crate::machine::{Mode, StateMachine};
use crate::states::{Backoff, StateKind, WaitTime};

/// The longest timeout and heartbeat: the second above it is what Step Functions takes when there is none.
const LONGEST_TIMEOUT: u64 = 99_999_998;
/// The longest wait and the longest interval of a retrier, in seconds; also how often a retrier may try.
const LARGEST: u32 = 99_999_999;
/// A leap year: the longest delay of a retrier.
const LONGEST_DELAY: u64 = 31_622_400;

/// A duration where it was written.
struct Written {
    place: Place,
    /// What it is, as in ``the timeout of `call_service` ``.
    what: String,
    /// What stands before it, as in `timeout = `.
    before: &'static str,
    /// What stands behind it.
    behind: &'static str,
    value: Duration,
}

pub(super) fn check(machine: &StateMachine, findings: &mut Vec<Finding>) {
    let exported = machine.mode != Mode::Native;
    if exported && let Some(value) = machine.timeout {
        let place = Place::WorkflowOption("timeout");
        let timeout =
            Written { place, what: "the workflow's timeout".to_owned(), before: "timeout = ", behind: "", value };
        // How long it may be depends on the mode, and is W0306.
        findings.extend(out_of_range(&timeout, 1, u64::MAX));
    }
    for (position, state) in machine.states.iter().enumerate() {
        if exported {
            state_times(position, &state.name, &state.kind, findings);
        }
        for (retrier, retry) in state.kind.retriers().iter().enumerate() {
            let schedule = Schedule { state: position, name: &state.name, retrier, backoff: &retry.backoff };
            if exported {
                schedule.check_ranges(findings);
            }
            schedule.check_growth(findings);
        }
    }
}

fn state_times(position: usize, name: &str, kind: &StateKind, findings: &mut Vec<Finding>) {
    let option = |option, before, value| Written {
        place: Place::State(position, StatePart::Option(option)),
        what: format!("the {option} of `{name}`"),
        before,
        behind: "",
        value,
    };
    let mut check = |written: Written, least, most| findings.extend(out_of_range(&written, least, most));
    match kind {
        StateKind::Task(task) => {
            if let Some(timeout) = task.timeout {
                check(option("timeout", "timeout = ", timeout), 1, LONGEST_TIMEOUT);
            }
            if let Some(heartbeat) = task.heartbeat {
                check(option("heartbeat", "heartbeat = ", heartbeat), 1, LONGEST_TIMEOUT);
            }
        }
        StateKind::Poll(poll) => {
            if let Some(every) = poll.every {
                let what = format!("the time between two attempts of `{name}`");
                check(Written { what, ..option("every", "every = ", every) }, 1, u64::from(LARGEST));
            }
            for (name, before, value) in
                [("deadline", "deadline = ", poll.deadline), ("timeout", "timeout = ", poll.timeout)]
            {
                if let Some(value) = value {
                    check(option(name, before, value), 1, LONGEST_TIMEOUT);
                }
            }
        }
        StateKind::Nested(nested) => {
            if let Some(timeout) = nested.timeout {
                check(option("timeout", "timeout = ", timeout), 1, LONGEST_TIMEOUT);
            }
            if let Some(heartbeat) = nested.heartbeat {
                check(option("heartbeat", "heartbeat = ", heartbeat), 1, LONGEST_TIMEOUT);
            }
        }
        StateKind::Wait(wait) => {
            if let WaitTime::Fixed(value) = wait.time {
                let place = Place::State(position, StatePart::Option("duration"));
                let what = format!("the length of `{name}`");
                check(Written { place, what, before: "#[wait(", behind: ", …)]", value }, 0, u64::from(LARGEST));
            }
        }
        StateKind::Parallel(_)
        | StateKind::Map(_)
        | StateKind::Choice(_)
        | StateKind::Pass(_)
        | StateKind::Succeed(_)
        | StateKind::Fail(_) => {}
    }
}

fn out_of_range(written: &Written, least: u64, most: u64) -> Option<Finding> {
    let Written { place, what, before, behind, value } = written;
    let rounded = value.as_secs().saturating_add(u64::from(value.subsec_nanos() > 0));
    let shown = Display(*value);
    let is_fraction = value.subsec_nanos() > 0 && rounded <= most;
    let message = if is_fraction {
        format!("{what} is {shown}, but Step Functions counts in whole seconds")
    } else if rounded < least {
        format!("{what} is {shown}, but Step Functions takes {least}s at least")
    } else if rounded > most {
        format!("{what} is {shown}, but Step Functions takes {} seconds at most", grouped(most))
    } else {
        return None;
    };
    let allowed = Display(Duration::from_secs(rounded.clamp(least, most)));
    let finding =
        Finding::new(Code::W0303, place.clone(), message).help(format!("write `{before}\"{allowed}\"{behind}`"));
    if !is_fraction {
        return Some(finding);
    }
    Some(finding.help("a workflow that is never exported may count more finely: `#[workflow(native, …)]`"))
}

/// The numbers of one retrier.
struct Schedule<'a> {
    state: usize,
    name: &'a str,
    retrier: usize,
    backoff: &'a Backoff,
}

impl Schedule<'_> {
    fn check_ranges(&self, findings: &mut Vec<Finding>) {
        let Backoff { interval, max_attempts, max_delay, .. } = *self.backoff;
        let interval = self.written("interval", "interval = ", interval);
        findings.extend(out_of_range(&interval, 1, u64::from(LARGEST)));
        if let Some(max_delay) = max_delay {
            findings.extend(out_of_range(&self.written("max_delay", "max_delay = ", max_delay), 1, LONGEST_DELAY));
        }
        if max_attempts > LARGEST {
            let (shown, most) = (grouped(max_attempts.into()), grouped(LARGEST.into()));
            let message = format!(
                "the `max_attempts` of a retrier of `{}` is {shown}, but Step Functions takes {most} at most",
                self.name
            );
            let finding = Finding::new(Code::W0303, self.place("max_attempts"), message);
            findings.push(finding.help(format!("write `max_attempts = {LARGEST}` or less")));
        }
    }

    /// What no engine could make sense of: delays that shrink, or that are cut before they grow.
    fn check_growth(&self, findings: &mut Vec<Finding>) {
        let Backoff { interval, backoff_rate, max_delay, .. } = *self.backoff;
        if !(backoff_rate.is_finite() && backoff_rate >= 1.0) {
            let message = format!(
                "the `backoff_rate` of a retrier of `{}` is {backoff_rate}, but delays cannot shrink: it must be 1.0 or more",
                self.name
            );
            let finding = Finding::new(Code::W0303, self.place("backoff_rate"), message);
            findings.push(finding.help("write `backoff_rate = 1.0` for delays of equal length"));
        }
        if let Some(max_delay) = max_delay.filter(|&max_delay| max_delay <= interval) {
            let (shown, interval_shown) = (Display(max_delay), Display(interval));
            let message = format!(
                "the `max_delay` of a retrier of `{}` ({shown}) is not above its `interval` ({interval_shown}), so delays never grow",
                self.name
            );
            let longer = Display(interval.saturating_mul(2));
            let help = format!(
                "write `max_delay = \"{longer}\"`, or `backoff_rate = 1.0` instead of it for delays of equal length"
            );
            findings.push(Finding::new(Code::W0303, self.place("max_delay"), message).help(help));
        }
    }

    fn place(&self, option: &'static str) -> Place {
        Place::State(self.state, StatePart::RetryOption(self.retrier, option))
    }

    fn written(&self, option: &'static str, before: &'static str, value: Duration) -> Written {
        let what = format!("the `{option}` of a retrier of `{}`", self.name);
        Written { place: self.place(option), what, before, behind: "", value }
    }
}
