//! W0401: an execution that would write more events than Step Functions keeps.

use std::time::Duration;

use super::text::{greatest, grouped, path};
use crate::bounds::{self, Children, ENDS, Measure, Millis, Net, Worst, duration, millis_up, most};
use crate::duration::Display;
use crate::finding::{Code, Finding, Place, StatePart};
use crate::machine::{Mode, StateMachine};
use crate::states::{Poll, StateKind, WaitTime};

/// The most events of a Standard execution: with the one of this number it has failed.
pub(crate) const MOST_EVENTS: u64 = 25_000;

/// In a machine whose graph is right.
pub(super) fn check(machine: &StateMachine, children: &Children, findings: &mut Vec<Finding>) {
    if machine.mode != Mode::Standard {
        return;
    }
    let (Some(net), Some(limit)) = (Net::new(machine, children), bounds::limit(machine)) else { return };
    let (net, limit) = (net.certain(), millis_up(limit));
    let Some(worst) = overflow(&net, limit) else { return };
    let mut finding = match &worst.rounds {
        Some((cycle, rounds)) if *rounds > 0 => {
            let closed: Vec<usize> = cycle.states.iter().chain(cycle.states.first()).copied().collect();
            let message = format!(
                "an execution may write {} events, but Step Functions ends it at {}: {} writes {} in {}, which fits {} times into {}, \
                 and there are {} more around it",
                grouped(worst.count() + ENDS),
                grouped(MOST_EVENTS),
                path(machine, &closed),
                grouped(cycle.sum.count),
                Display(duration(cycle.sum.time)),
                grouped(*rounds),
                whole(machine),
                grouped(worst.rest.count + ENDS),
            );
            let wait = cycle.states.iter().copied().find(|&state| is_fixed_wait(machine, state));
            let place = wait.map(|wait| Place::State(wait, StatePart::Option("duration")));
            let finding = Finding::new(Code::W0401, place.unwrap_or(Place::WorkflowOption("timeout")), message);
            finding_with(finding, wait.and_then(|wait| longer_wait(machine, &net, wait, limit)))
        }
        _ => without_rounds(machine, &net, &worst, limit),
    };
    let fitting = greatest(limit / 1_000, |seconds| overflow(&net, seconds * 1_000).is_none());
    if fitting > 0 {
        let timeout = Display(Duration::from_secs(fitting));
        finding = finding.help(format!("or end executions sooner: `timeout = \"{timeout}\"` is the longest that fits"));
    }
    findings.push(finding);
}

/// What is written in one go: by a poll, or by retries.
fn without_rounds(machine: &StateMachine, net: &Net, worst: &Worst, limit: Millis) -> Finding {
    let polled = net.order.iter().copied().filter_map(|state| match &machine.states[state].kind {
        StateKind::Poll(poll) => Some((state, poll)),
        _ => None,
    });
    let most_often = polled.max_by_key(|&(state, _)| net.visits[state].retries.first().map_or(0, |waits| waits.count));
    let (total, whole, most) = (grouped(worst.count() + ENDS), whole(machine), grouped(MOST_EVENTS));
    let Some((state, poll)) = most_often else {
        let message = format!(
            "an execution may write {total} events within {whole}, most of them for retries, but Step Functions ends it at {most}"
        );
        return Finding::new(Code::W0401, Place::WorkflowOption("timeout"), message).help("write fewer `max_attempts`");
    };
    let (name, every) = (&machine.states[state].name, poll.every.unwrap_or_default());
    let message = format!(
        "an execution may write {total} events, but Step Functions ends it at {most}: `{name}` polls every {} for {}, and writes 9 \
         each time",
        Display(every),
        Display(poll.deadline.unwrap_or_default()),
    );
    let overflows = |change: &dyn Fn(&mut Poll)| {
        let mut changed = machine.clone();
        if let StateKind::Poll(poll) = &mut changed.states[state].kind {
            change(poll);
        }
        Net::new(&changed, Children::UNKNOWN).is_none_or(|net| overflow(&net.certain(), limit).is_some())
    };
    let longest = poll.deadline.unwrap_or_default().as_secs();
    let too_short =
        greatest(longest, |seconds| overflows(&|poll| poll.every = Some(Duration::from_secs(seconds.max(1)))));
    let fitting = greatest(longest, |seconds| !overflows(&|poll| poll.deadline = Some(Duration::from_secs(seconds))));
    let finding = Finding::new(Code::W0401, Place::State(state, StatePart::Option("every")), message);
    let [every, deadline] = [too_short + 1, fitting].map(|seconds| Display(Duration::from_secs(seconds)));
    finding.help(format!(
        "poll less often, `every = \"{every}\"` at least, or not as long, `deadline = \"{deadline}\"` at most"
    ))
}

fn finding_with(finding: Finding, help: Option<String>) -> Finding {
    match help {
        Some(help) => finding.help(help),
        None => finding,
    }
}

/// The workflow's timeout, or what stands for it.
fn whole(machine: &StateMachine) -> String {
    match machine.timeout {
        Some(timeout) => format!("the workflow's timeout ({})", Display(timeout)),
        None => "the year that an execution may take".to_owned(),
    }
}

/// An execution that writes too much.
fn overflow(net: &Net, limit: Millis) -> Option<Worst> {
    most(net, Measure::Events, Some(limit)).worst.filter(|worst| worst.count() + ENDS > MOST_EVENTS)
}

fn is_fixed_wait(machine: &StateMachine, state: usize) -> bool {
    matches!(&machine.states[state].kind, StateKind::Wait(wait) if matches!(wait.time, WaitTime::Fixed(_)))
}

/// The shortest wait with which no execution writes too much.
fn longer_wait(machine: &StateMachine, net: &Net, wait: usize, limit: Millis) -> Option<String> {
    let fits = |seconds: u64| {
        let mut longer = net.clone();
        longer.visits[wait].legs.iter_mut().for_each(|leg| leg.shortest = seconds * 1_000);
        overflow(&longer, limit).is_none()
    };
    let longest = limit / 1_000;
    let too_short = greatest(longest, |seconds| !fits(seconds));
    let (seconds, name) = (too_short + 1, &machine.states[wait].name);
    let shown = Display(Duration::from_secs(seconds));
    (seconds <= longest)
        .then(|| format!("wait longer in `{name}`: `#[wait(\"{shown}\", …)]` is the shortest that fits"))
}
