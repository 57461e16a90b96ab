//! How long an execution takes, how many events it writes, and how many state transitions it is charged for: at least, and at
//! most.
//!
//! Each state costs something to visit (`visit`). The least of a whole execution is the shortest path through the graph
//! (`shortest`). The longest time is the longest path, or the timeout where there is a cycle (`longest`). Events and
//! transitions count rounds as well: how many of them fit into the timeout is worked out in `most`. Where a counter bounds the rounds of
//! a cycle (`counters`), the most of them together is worked out in `rounds`.
//!
//! What is said is always true: no execution takes less than the least, or more than the most. What is not known, as how long a task
//! runs, counts as nothing for the least, and as its timeout for the most.

mod attempts;
mod counters;
mod known;
mod longest;
mod most;
mod net;
mod poll;
mod rounds;
mod schedule;
mod shortest;
mod visit;
mod walks;

use std::time::Duration;

use serde::Serialize;

use crate::definition::Definition;
use crate::machine::{Mode, StateMachine};

pub(crate) use counters::Counter;
pub use known::Known;
pub(crate) use longest::longest;
pub(crate) use most::{Worst, most};
pub(crate) use net::Net;
pub(crate) use schedule::{Delays, Millis, duration, millis_up};
pub(crate) use shortest::{Measure, Shortest};

/// What an execution takes, at least and at most.
///
/// The least is that of an execution that succeeds, or, where none can, of one that comes to a `#[fail]`: of an error that nothing
/// catches one may end at any time. The most is that of every execution; `None` says that nothing bounds it.
///
/// ```
/// use std::time::Duration;
/// use workflow_model::bounds::Bounds;
///
/// let bounds = Bounds { longest: Some(Duration::from_secs(60)), ..Bounds::UNKNOWN };
/// assert_eq!(bounds.shortest, Duration::ZERO);
/// assert_eq!(bounds.most_events, None);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Bounds {
    /// The shortest time.
    pub shortest: Duration,
    /// The longest time.
    pub longest: Option<Duration>,
    /// The fewest events in the history, from `ExecutionStarted` to the last.
    pub least_events: u64,
    /// The most events in the history.
    pub most_events: Option<u64>,
    /// The fewest state transitions: one for each state that is entered, and one for each retry.
    pub least_transitions: u64,
    /// The most state transitions.
    pub most_transitions: Option<u64>,
}

impl Bounds {
    /// Of a workflow of which nothing is known.
    pub const UNKNOWN: Bounds = Bounds {
        shortest: Duration::ZERO,
        longest: None,
        least_events: 0,
        most_events: None,
        least_transitions: 0,
        most_transitions: None,
    };
}

/// The events by which a history begins and ends.
pub(crate) const ENDS: u64 = 2;

/// The bounds of a machine, given those of the workflows that it refers to.
///
/// ```
/// use workflow_model::StateMachine;
/// use workflow_model::bounds::{Bounds, Known, bounds};
///
/// assert_eq!(bounds(&StateMachine::default(), Known::NOTHING), Bounds::UNKNOWN);
/// ```
pub fn bounds(machine: &StateMachine, known: &Known) -> Bounds {
    let Some(net) = Net::new(machine, known) else { return Bounds::UNKNOWN };
    let bounds = of_net(&net, limit(machine));
    Bounds {
        least_events: bounds.least_events + ENDS,
        most_events: bounds.most_events.map(|events| events.saturating_add(ENDS)),
        ..bounds
    }
}

/// The bounds of a whole definition, with those of the workflows that it nests and of its branches.
pub fn of_definition(definition: &Definition) -> Bounds {
    bounds(&definition.machine, &known_of(definition))
}

/// What a definition knows of the workflows that it refers to.
pub fn known_of(definition: &Definition) -> Known {
    Known::of_definition(definition, limit(&definition.machine))
}

/// The bounds of what is done within a limit, without the beginning and the end of a history.
fn of_net(net: &Net, limit: Option<Duration>) -> Bounds {
    let least = |measure| Shortest::new(net, measure).to_an_end();
    let most = |measure| most(net, measure, limit.map(millis_up)).bound;
    let path = longest(net).map(duration);
    Bounds {
        shortest: least(Measure::Time).map_or(Duration::ZERO, duration),
        longest: path.into_iter().chain(limit).min(),
        least_events: least(Measure::Events).unwrap_or_default() + net.before.events,
        most_events: most(Measure::Events).map(|events| events.saturating_add(net.before.events)),
        least_transitions: least(Measure::Transitions).unwrap_or_default() + net.before.transitions,
        most_transitions: most(Measure::Transitions).map(|most| most.saturating_add(net.before.transitions)),
    }
}

/// How long an execution may take at most: its own timeout, or what Step Functions allows where it has none.
pub fn limit(machine: &StateMachine) -> Option<Duration> {
    machine.timeout.or(longest_allowed(machine.mode))
}

/// The longest time that Step Functions lets an execution take.
pub(crate) fn longest_allowed(mode: Mode) -> Option<Duration> {
    match mode {
        Mode::Standard => Some(Duration::from_secs(365 * 86_400)),
        Mode::Express => Some(Duration::from_secs(300)),
        Mode::Native => None,
    }
}
