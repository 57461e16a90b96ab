//! States that make attempts: tasks, nested workflows and branches, with their retriers and catchers.

use super::Bounds;
use super::known::Known;
use super::schedule::{Delays, Millis, millis_down, millis_up};
use super::visit::{Amount, ENTRY, Find, Leg, Retries, To, Visit, next};
use crate::expr::Expr;
use crate::integrations::{Integration, Pattern};
use crate::machine::Next;
use crate::states::{Catcher, ErrorRef, Map, Nested, Parallel, Retrier, StateKind, StatesError, Task};

/// What an attempt adds, and how long it takes.
struct Attempt {
    /// The least that one that succeeds writes.
    least: Amount,
    /// The most that any writes. `None`: nothing bounds that.
    most: Option<Amount>,
    /// What one may write in the shortest time for certain.
    certain: Amount,
    /// What one that fails writes for certain.
    failed: Amount,
    /// Whether it is one at a task, which is scheduled and started.
    is_task: bool,
    /// How many events the state writes outside of its attempts.
    around: u64,
    /// The most it has written before time runs out in the first attempt.
    interrupted: Amount,
    /// Whether there is an expression before the first one that may fail.
    evaluates_input: bool,
    /// The shortest time in which it succeeds.
    shortest: Millis,
    longest: Option<Millis>,
    /// The shortest time in which it is out of time.
    expiry: Millis,
}

impl Attempt {
    /// At a task: scheduled, started and ended, and what it waits for was submitted.
    fn of_task(is_submitted: bool, evaluates_input: bool) -> Self {
        let amount = Amount::events(3 + u64::from(is_submitted));
        Attempt {
            least: amount,
            most: Some(amount),
            certain: amount,
            failed: amount,
            is_task: true,
            around: 2,
            interrupted: Amount { events: amount.events, ..ENTRY },
            evaluates_input,
            shortest: 0,
            longest: None,
            expiry: 0,
        }
    }
}

pub(super) fn task(task: &Task, assigns: bool, find: Find<'_>) -> Visit {
    let integration = task.service.as_ref().and_then(|service| Integration::read(&service.resource).ok());
    let is_awaited = integration.is_some_and(|integration| integration.pattern != Pattern::RequestResponse);
    let is_submitted = task.callback || is_awaited;
    let evaluates_input = task.service.as_ref().is_some_and(|service| service.arguments.is_some());
    let attempt = Attempt {
        longest: task.timeout.map(millis_up),
        expiry: task_expiry(task),
        ..Attempt::of_task(is_submitted, evaluates_input)
    };
    visit(&attempt, &task.retry, &task.catch, (&task.next, assigns), find)
}

pub(super) fn nested(nested: &Nested, known: &Known, assigns: bool, find: Find<'_>) -> Visit {
    // Of a child whose end nobody waits for, nothing is to be known.
    let child = if nested.is_awaited() { known.nested(nested.child) } else { Bounds::UNKNOWN };
    let longest = nested.timeout.into_iter().chain(child.longest).min();
    let attempt = Attempt {
        shortest: millis_down(child.shortest),
        longest: longest.map(millis_up),
        expiry: nested_expiry(nested),
        ..Attempt::of_task(nested.pattern != Pattern::RequestResponse, nested.input.is_some())
    };
    visit(&attempt, &nested.retry, &nested.catch, (&nested.next, assigns), find)
}

/// All branches begin at once, and the state waits for the last of them.
pub(super) fn parallel(parallel: &Parallel, known: &Known, assigns: bool, find: Find<'_>) -> Visit {
    let started = Amount::events(1);
    let (mut least, mut most) = (started, Some(started));
    let (mut shortest, mut longest) = (0, Some(0));
    for branch in &parallel.branches {
        let bounds = known.branch(branch.child);
        // A `Pass` makes the input of a branch that has one of its own.
        let made = if branch.input.is_some() { Amount { events: 2, transitions: 1 } } else { Amount::default() };
        least = least.and(made).and(Amount { events: bounds.least_events, transitions: bounds.least_transitions });
        most = most
            .zip(bounds.most_events)
            .zip(bounds.most_transitions)
            .map(|((most, events), transitions)| most.and(made).and(Amount { events, transitions }));
        shortest = shortest.max(millis_down(bounds.shortest));
        longest = longest.zip(bounds.longest).map(|(longest, branch)| longest.max(millis_up(branch)));
    }
    let attempt = Attempt {
        least,
        most,
        certain: least,
        failed: started,
        is_task: false,
        around: 3,
        interrupted: most.unwrap_or(started).and(ENTRY),
        evaluates_input: parallel.input.is_some(),
        shortest,
        longest,
        expiry: 0,
    };
    visit(&attempt, &parallel.retry, &parallel.catch, (&parallel.next, assigns), find)
}

/// As many rounds as it takes, of so many items at once. How many items there are is known of a list that is written out.
pub(super) fn map(map: &Map, known: &Known, assigns: bool, find: Find<'_>) -> Visit {
    if map.distributed.is_some() {
        return visit(&map_run(map), &map.retry, &map.catch, (&map.next, assigns), find);
    }
    let started = Amount::events(1);
    let bounds = known.branch(map.processor.child);
    let items = map.items.as_ref().and_then(|items| match &items.body {
        Expr::Array(items) => u64::try_from(items.len()).ok(),
        _ => None,
    });
    let at_once = map.max_concurrency.filter(|&at_once| at_once > 0).map(u64::from);
    // An item begins and ends with an event.
    let of_items = |items: u64, events: u64, transitions: u64| Amount {
        events: items.saturating_mul(events.saturating_add(2)),
        transitions: items.saturating_mul(transitions),
    };
    let least = started.and(of_items(items.unwrap_or(0), bounds.least_events, bounds.least_transitions));
    let most = items.zip(bounds.most_events).zip(bounds.most_transitions);
    let most = most.map(|((items, events), transitions)| started.and(of_items(items, events, transitions)));
    let rounds = |items: u64| at_once.map_or(items.min(1), |at_once| items.div_ceil(at_once));
    let longest = items.zip(bounds.longest).map(|(items, longest)| millis_up(longest).saturating_mul(rounds(items)));
    let attempt = Attempt {
        least,
        most,
        certain: least,
        failed: started,
        is_task: false,
        around: 3,
        interrupted: most.unwrap_or(started).and(ENTRY),
        evaluates_input: map.items.is_some(),
        shortest: millis_down(bounds.shortest).saturating_mul(items.map_or(0, rounds)),
        longest,
        expiry: 0,
    };
    visit(&attempt, &map.retry, &map.catch, (&map.next, assigns), find)
}

/// Items that are executions of their own, whose histories are their own too.
fn map_run(map: &Map) -> Attempt {
    // The state and the run are started, and the run ends.
    let run = Amount::events(3);
    Attempt {
        least: run,
        most: Some(run),
        certain: run,
        failed: Amount::events(1),
        is_task: false,
        around: 3,
        interrupted: Amount::events(2).and(ENTRY),
        evaluates_input: map.items.is_some(),
        shortest: 0,
        longest: None,
        expiry: 0,
    }
}

fn visit(
    attempt: &Attempt,
    retriers: &[Retrier],
    catchers: &[Catcher],
    (to, assigns): (&Next, bool),
    find: Find<'_>,
) -> Visit {
    let around = Amount { events: attempt.around, transitions: 1 };
    let whole = attempt.most.map(|most| most.and(around));
    let evaluates_output = assigns
        || match to {
            Next::To(transition) => transition.payload.is_some(),
            Next::End(lambda) => lambda.is_some(),
            Next::Missing => false,
        };
    let successor = next(to, find).map(|to| Leg {
        to,
        shortest: attempt.shortest,
        least: attempt.least.and(around),
        most: whole,
        certain: attempt.certain.and(around),
    });
    let caught = catchers.iter().filter_map(|catcher| {
        let to = To::State(find(&catcher.transition.target)?);
        let evaluation = takes_evaluation(&catcher.errors);
        // An input that cannot be evaluated is caught before the first attempt, an output after the last. What fails to be
        // submitted has no event for it, and a branch may fail before it has written any.
        let shortest = attempt.around + if attempt.is_task { 3 } else { 1 };
        let least = if attempt.evaluates_input && evaluation { 3 } else { shortest };
        let evaluated = Amount::events(u64::from(evaluates_output && evaluation));
        Some(Leg {
            to,
            shortest: fails_after(attempt.expiry, &catcher.errors),
            least: Amount { events: least, transitions: 1 },
            most: whole.map(|whole| whole.and(evaluated)),
            certain: attempt.failed.and(around),
        })
    });
    Visit {
        legs: successor.into_iter().chain(caught).collect(),
        interrupted: attempt.interrupted,
        retries: retriers.iter().map(|retrier| retries(attempt, retrier)).collect(),
        longest: longest(attempt, retriers),
    }
}

fn retries(attempt: &Attempt, retrier: &Retrier) -> Retries {
    let again = Amount { events: 0, transitions: 1 };
    Retries {
        count: retrier.backoff.max_attempts.into(),
        each: attempt.most.unwrap_or(attempt.least).and(again),
        certain: attempt.failed.and(again),
        delays: Delays::new(retrier.backoff, fails_after(attempt.expiry, &retrier.errors)),
    }
}

/// Each attempt may take its longest time, and each retrier counts its own.
fn longest(attempt: &Attempt, retriers: &[Retrier]) -> Option<Millis> {
    let attempts = retriers.iter().map(|retrier| u64::from(retrier.backoff.max_attempts)).sum::<u64>() + 1;
    let delays = |retrier: &Retrier| Delays::new(retrier.backoff, 0).longest_of(retrier.backoff.max_attempts.into());
    Some(retriers.iter().map(delays).fold(attempt.longest?.saturating_mul(attempts), Millis::saturating_add))
}

impl Delays {
    /// Those of a retrier of a state of this kind.
    pub(crate) fn of(kind: &StateKind, retrier: &Retrier) -> Self {
        let expiry = match kind {
            StateKind::Task(task) => task_expiry(task),
            StateKind::Nested(nested) => nested_expiry(nested),
            _ => 0,
        };
        Delays::new(retrier.backoff, fails_after(expiry, &retrier.errors))
    }
}

/// The shortest time after which an attempt can be out of time.
fn task_expiry(task: &Task) -> Millis {
    task.timeout.into_iter().chain(task.heartbeat).min().map_or(0, millis_down)
}

fn nested_expiry(nested: &Nested) -> Millis {
    nested.timeout.into_iter().chain(nested.heartbeat).min().map_or(0, millis_down)
}

/// The shortest time after which an attempt fails with one of these errors: only a timeout takes its time.
pub(super) fn fails_after(expiry: Millis, errors: &[ErrorRef]) -> Millis {
    let is_timeout =
        |error: &ErrorRef| matches!(error, ErrorRef::States(StatesError::Timeout | StatesError::HeartbeatTimeout));
    if errors.iter().all(is_timeout) { expiry } else { 0 }
}

pub(super) fn takes_evaluation(errors: &[ErrorRef]) -> bool {
    errors.iter().any(|error| matches!(error, ErrorRef::States(StatesError::All | StatesError::QueryEvaluationError)))
}
