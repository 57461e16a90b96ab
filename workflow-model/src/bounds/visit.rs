//! What a visit to a state takes, by its kind.
//!
//! Events are counted as Step Functions writes them. Those of states that take no time, and of waits, are here: entry and exit.

use super::known::Known;
use super::schedule::{Delays, Millis, millis_down, millis_up};
use super::{attempts, poll};
use crate::expr::{Expr, Lambda, Literal};
use crate::machine::{Next, State};
use crate::states::{StateKind, Wait, WaitTime};

/// Where a visit leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum To {
    /// To the state at this position.
    State(usize),
    /// To the successful end of the execution.
    Success,
    /// To a failed end.
    Failure,
}

/// Something counted twice: as events, and as state transitions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Amount {
    pub(crate) events: u64,
    pub(crate) transitions: u64,
}

impl Amount {
    pub(super) fn events(events: u64) -> Self {
        Amount { events, transitions: 0 }
    }

    pub(super) fn and(self, other: Amount) -> Amount {
        Amount {
            events: self.events.saturating_add(other.events),
            transitions: self.transitions.saturating_add(other.transitions),
        }
    }
}

/// A way to leave a state.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Leg {
    pub(crate) to: To,
    /// The shortest time.
    pub(crate) shortest: Millis,
    /// The least it writes.
    pub(crate) least: Amount,
    /// The most that it may write in that time, for all that is known, without retries. `None`: nothing bounds that.
    pub(crate) most: Option<Amount>,
    /// What it may write in that time for certain.
    pub(crate) certain: Amount,
}

/// Retries: what each adds to a visit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Retries {
    /// How many there may be.
    pub(crate) count: u64,
    /// The most of each.
    pub(crate) each: Amount,
    /// What each may write for certain.
    pub(crate) certain: Amount,
    pub(crate) delays: Delays,
}

/// What a visit to a state takes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Visit {
    pub(crate) legs: Vec<Leg>,
    /// The most it has written when the execution's time runs out meanwhile.
    pub(crate) interrupted: Amount,
    pub(crate) retries: Vec<Retries>,
    /// The longest time, with all retries.
    pub(crate) longest: Option<Millis>,
}

/// Finds the position of a state by its name.
pub(super) type Find<'a> = &'a dyn Fn(&str) -> Option<usize>;

impl Visit {
    pub(super) fn new(state: &State, known: &Known, find: Find<'_>) -> Self {
        let assigns = !state.assign.is_empty();
        match &state.kind {
            StateKind::Task(task) => attempts::task(task, assigns, find),
            StateKind::Poll(poll) => poll::poll(poll, assigns, find),
            StateKind::Nested(nested) => attempts::nested(nested, known, assigns, find),
            StateKind::Parallel(parallel) => attempts::parallel(parallel, known, assigns, find),
            StateKind::Map(map) => attempts::map(map, known, assigns, find),
            StateKind::Wait(wait) => of_wait(wait, find),
            StateKind::Pass(pass) => at_once(next(&pass.next, find)),
            StateKind::Choice(choice) => {
                at_once(choice.transitions.iter().filter_map(|to| Some(To::State(find(&to.target)?))))
            }
            StateKind::Succeed(_) => at_once([To::Success]),
            StateKind::Fail(fail) => {
                // A cause that cannot be evaluated adds an event; there is no exit.
                let most = if fail.cause.is_some() { 2 } else { 1 };
                Visit { legs: vec![leg(To::Failure, 0, 1, most)], longest: Some(0), ..Visit::default() }
            }
        }
    }
}

/// A state that takes no time: its entry, and its exit or its failure.
fn at_once(targets: impl IntoIterator<Item = To>) -> Visit {
    let legs = targets.into_iter().map(|to| leg(to, 0, 2, 2)).collect();
    Visit { legs, interrupted: ENTRY, longest: Some(0), ..Visit::default() }
}

fn of_wait(wait: &Wait, find: Find<'_>) -> Visit {
    let (shortest, longest) = match &wait.time {
        WaitTime::Fixed(time) => (millis_down(*time), Some(millis_up(*time))),
        WaitTime::Seconds(seconds) => constant_seconds(seconds).map_or((0, None), |time| (time, Some(time))),
        WaitTime::Length(_) | WaitTime::Until(_) | WaitTime::Missing => (0, None),
    };
    let legs = next(&wait.next, find).into_iter().map(|to| leg(to, shortest, 2, 2)).collect();
    Visit { legs, interrupted: ENTRY, longest, ..Visit::default() }
}

/// The time of a wait whose body is a number.
fn constant_seconds(seconds: &Lambda) -> Option<Millis> {
    match &seconds.body {
        Expr::Literal(Literal::Int(seconds)) => u64::try_from(*seconds).ok()?.checked_mul(1_000),
        _ => None,
    }
}

/// Where `next` or `end` leads, unless that is not known.
pub(super) fn next(next: &Next, find: Find<'_>) -> Option<To> {
    match next {
        Next::To(transition) => Some(To::State(find(&transition.target)?)),
        Next::End(_) => Some(To::Success),
        Next::Missing => None,
    }
}

/// A state that takes no time: its entry and its exit.
pub(super) const AT_ONCE: Amount = Amount { events: 2, transitions: 1 };

/// The entry into a state, which is a transition.
pub(super) const ENTRY: Amount = Amount { events: 1, transitions: 1 };

fn leg(to: To, shortest: Millis, least: u64, most: u64) -> Leg {
    let amount = |events| Amount { events, transitions: 1 };
    Leg { to, shortest, least: amount(least), most: Some(amount(most)), certain: amount(most) }
}
