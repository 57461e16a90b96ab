//! W0401: an execution that would write more events than Step Functions keeps.

use std::time::Duration;

use super::text::{greatest, grouped, path};
use crate::bounds::{self, ENDS, Known, Measure, Millis, Net, Worst, duration, millis_up, most};
use crate::duration::Display;
use crate::finding::{Code, Finding, Place, StatePart};
use crate::machine::{Mode, StateMachine};
use crate::states::{Poll, StateKind, WaitTime};

/// The most events of a Standard execution: with the one of this number it has failed.
pub(crate) const MOST_EVENTS: u64 = 25_000;

/// In a machine whose graph is right.
pub(super) fn check(machine: &StateMachine, known: &Known, findings: &mut Vec<Finding>) {
    if machine.mode != Mode::Standard {
        return;
    }
    let (Some(net), Some(limit)) = (Net::new(machine, known), bounds::limit(machine)) else { return };
    let (net, limit) = (net.certain(), millis_up(limit));
    let Some(worst) = overflow(&net, limit) else { return };
    let case = Case { machine, net: &net, limit };
    let finding = case.timed(&worst).or_else(|| case.counted(&worst));
    let mut finding = finding.unwrap_or_else(|| case.without_rounds(&worst));
    let fitting = greatest(limit / 1_000, |seconds| overflow(&net, seconds * 1_000).is_none());
    if fitting > 0 {
        let timeout = Display(Duration::from_secs(fitting));
        finding = finding.help(format!("or end executions sooner: `timeout = \"{timeout}\"` is the longest that fits"));
    }
    findings.push(finding);
}

/// A machine whose history may grow too long.
struct Case<'a> {
    machine: &'a StateMachine,
    net: &'a Net,
    limit: Millis,
}

impl Case<'_> {
    /// A cycle of which as many rounds are gone as there is time for.
    fn timed(&self, worst: &Worst) -> Option<Finding> {
        let (cycle, rounds) = worst.rounds.as_ref().filter(|(_, rounds)| *rounds > 0)?;
        let closed: Vec<usize> = cycle.states.iter().chain(cycle.states.first()).copied().collect();
        let message = format!(
            "an execution may write {} events, but Step Functions ends it at {}: {} writes {} in {}, which fits {} times into {}, \
             and there are {} more around it",
            grouped(worst.count() + around(self.net)),
            grouped(MOST_EVENTS),
            path(self.machine, &closed),
            grouped(cycle.sum.count),
            Display(duration(cycle.sum.time)),
            grouped(*rounds),
            whole(self.machine),
            grouped(worst.rest.count + around(self.net)),
        );
        let wait = cycle.states.iter().copied().find(|&state| is_fixed_wait(self.machine, state));
        let place = wait.map(|wait| Place::State(wait, StatePart::Option("duration")));
        let finding = Finding::new(Code::W0401, place.unwrap_or(Place::WorkflowOption("timeout")), message);
        let longer = wait.and_then(|wait| longer_wait(self.machine, self.net, wait, self.limit));
        Some(longer.into_iter().fold(finding, Finding::help))
    }

    /// Rounds that a counter lets through, where there is time for all of them.
    fn counted(&self, worst: &Worst) -> Option<Finding> {
        let count = |net: &Net| Some(most(net, Measure::Events, Some(self.limit)).worst?.count());
        let (counter, rounds, each) = self.net.counters.iter().enumerate().find_map(|(index, counter)| {
            let rounds = counter.rounds.filter(|&rounds| rounds > 1)?;
            let each = worst.count().checked_sub(count(&self.net.with_rounds(index, rounds - 1))?)?;
            (each > 0).then_some((index, rounds, each))
        })?;
        let (all, text) = (each.checked_mul(rounds)?, &self.net.counters[counter].text);
        let (state, transition) = self.net.counters[counter].guarded;
        let message = format!(
            "an execution may write {} events, but Step Functions ends it at {}: `{}` goes on {}, so there may be {} rounds of {}, \
             and there are {} more around them",
            grouped(worst.count() + around(self.net)),
            grouped(MOST_EVENTS),
            self.machine.states[state].name,
            text,
            grouped(rounds),
            grouped(each),
            grouped(worst.count().checked_sub(all)? + around(self.net)),
        );
        let finding = Finding::new(Code::W0401, Place::State(state, StatePart::Target(transition)), message);
        let fits = |rounds: u64| overflow(&self.net.with_rounds(counter, rounds), self.limit).is_none();
        let fitting = greatest(rounds, fits);
        Some(if fitting > 0 {
            finding.help(format!("let it go round {} times at most", grouped(fitting)))
        } else {
            finding
        })
    }

    /// What is written in one go: by a poll, or by retries.
    fn without_rounds(&self, worst: &Worst) -> Finding {
        let polled = self.net.order.iter().copied().filter_map(|state| match &self.machine.states[state].kind {
            StateKind::Poll(poll) => Some((state, poll)),
            _ => None,
        });
        let most_often =
            polled.max_by_key(|&(state, _)| self.net.visits[state].retries.first().map_or(0, |waits| waits.count));
        let (total, most) = (grouped(worst.count() + around(self.net)), grouped(MOST_EVENTS));
        if let Some((state, poll)) = most_often {
            return self.polled(state, poll, &total);
        }
        let message = format!(
            "an execution may write {total} events within {}, most of them for retries, but Step Functions ends it at {most}",
            whole(self.machine)
        );
        Finding::new(Code::W0401, Place::WorkflowOption("timeout"), message).help("write fewer `max_attempts`")
    }

    fn polled(&self, state: usize, poll: &Poll, total: &str) -> Finding {
        let (name, every) = (&self.machine.states[state].name, poll.every.unwrap_or_default());
        let message = format!(
            "an execution may write {total} events, but Step Functions ends it at {}: `{name}` polls every {} for {}, and writes 9 \
             each time",
            grouped(MOST_EVENTS),
            Display(every),
            Display(poll.deadline.unwrap_or_default()),
        );
        let overflows = |change: &dyn Fn(&mut Poll)| {
            let mut changed = self.machine.clone();
            if let StateKind::Poll(poll) = &mut changed.states[state].kind {
                change(poll);
            }
            Net::new(&changed, Known::NOTHING).is_none_or(|net| overflow(&net.certain(), self.limit).is_some())
        };
        let longest = poll.deadline.unwrap_or_default().as_secs();
        let too_short =
            greatest(longest, |seconds| overflows(&|poll| poll.every = Some(Duration::from_secs(seconds.max(1)))));
        let fitting =
            greatest(longest, |seconds| !overflows(&|poll| poll.deadline = Some(Duration::from_secs(seconds))));
        let [every, deadline] = [too_short + 1, fitting].map(|seconds| Display(Duration::from_secs(seconds)));
        Finding::new(Code::W0401, Place::State(state, StatePart::Option("every")), message).help(format!(
            "poll less often, `every = \"{every}\"` at least, or not as long, `deadline = \"{deadline}\"` at most"
        ))
    }
}

/// The workflow's timeout, or what stands for it.
fn whole(machine: &StateMachine) -> String {
    match machine.timeout {
        Some(timeout) => format!("the workflow's timeout ({})", Display(timeout)),
        None => "the year that an execution may take".to_owned(),
    }
}

/// The events before the first state, and those by which a history begins and ends.
fn around(net: &Net) -> u64 {
    net.before.events + ENDS
}

/// The worst execution that was found, where it writes too much. Of rounds that are counted either all are gone, or as many as there is
/// time for.
fn overflow(net: &Net, limit: Millis) -> Option<Worst> {
    let worst = |net: &Net| most(net, Measure::Events, Some(limit)).worst;
    let timed =
        if net.counters.is_empty() { None } else { worst(&net.uncounted()).map(|worst| let_through(net, worst)) };
    let worst = worst(net).into_iter().chain(timed).max_by_key(Worst::count);
    worst.filter(|worst| worst.count() + around(net) > MOST_EVENTS)
}

/// An execution with no more rounds than the counters let through, of which the ways to the cycle and from it may take one.
fn let_through(net: &Net, mut worst: Worst) -> Worst {
    if let Some((cycle, rounds)) = &mut worst.rounds {
        let counters = net.counters.iter().filter(|counter| counter.states.contains(&cycle.states[0]));
        let most = counters.filter_map(|counter| counter.rounds).min();
        *rounds = most.map_or(*rounds, |most| most.saturating_sub(1).min(*rounds));
    }
    worst
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
