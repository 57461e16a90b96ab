//! What a visit to a state takes, by its kind.
//!
//! Events are counted as Step Functions writes them: entry and exit of a state; of an attempt at a task that it was scheduled,
//! started and ended, and of a nested execution also that it was submitted.

use super::Bounds;
use super::schedule::{Delays, Millis, millis_down, millis_up};
use crate::expr::{Expr, Lambda, Literal};
use crate::integrations::{Integration, Pattern};
use crate::machine::Next;
use crate::states::{Catcher, ErrorRef, Nested, Retrier, StateKind, StatesError, Task, Wait, WaitTime};

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

/// A way to leave a state.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Leg {
    pub(crate) to: To,
    /// The shortest time.
    pub(crate) shortest: Millis,
    /// The least it writes.
    pub(crate) least: Amount,
    /// The most it writes, without retries. `None`: nothing bounds that.
    pub(crate) most: Option<Amount>,
}

/// Retries: what each adds to a visit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Retries {
    /// How many there may be.
    pub(crate) count: u64,
    pub(crate) each: Amount,
    pub(crate) delays: Delays,
}

/// What a visit to a state takes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Visit {
    pub(crate) legs: Vec<Leg>,
    /// What it has written when the execution's time runs out meanwhile.
    pub(crate) interrupted: Amount,
    pub(crate) retries: Vec<Retries>,
    /// The longest time, with all retries.
    pub(crate) longest: Option<Millis>,
}

/// Finds the position of a state by its name.
pub(super) type Find<'a> = &'a dyn Fn(&str) -> Option<usize>;

impl Visit {
    pub(super) fn new(kind: &StateKind, children: &[Bounds], find: Find<'_>) -> Self {
        let mut visit = match kind {
            StateKind::Task(task) => of_task(task, find),
            StateKind::Nested(nested) => of_nested(nested, children, find),
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
        };
        visit.interrupted.transitions = 1;
        visit
    }
}

/// A state that takes no time: its entry, and its exit or its failure.
fn at_once(targets: impl IntoIterator<Item = To>) -> Visit {
    let legs = targets.into_iter().map(|to| leg(to, 0, 2, 2)).collect();
    Visit { legs, interrupted: events(1), longest: Some(0), ..Visit::default() }
}

fn of_wait(wait: &Wait, find: Find<'_>) -> Visit {
    let (shortest, longest) = match &wait.time {
        WaitTime::Fixed(time) => (millis_down(*time), Some(millis_up(*time))),
        WaitTime::Seconds(seconds) => constant_seconds(seconds).map_or((0, None), |time| (time, Some(time))),
        WaitTime::Length(_) | WaitTime::Until(_) | WaitTime::Missing => (0, None),
    };
    let legs = next(&wait.next, find).into_iter().map(|to| leg(to, shortest, 2, 2)).collect();
    Visit { legs, interrupted: events(1), longest, ..Visit::default() }
}

/// The time of a wait whose body is a number.
fn constant_seconds(seconds: &Lambda) -> Option<Millis> {
    match &seconds.body {
        Expr::Literal(Literal::Int(seconds)) => u64::try_from(*seconds).ok()?.checked_mul(1_000),
        _ => None,
    }
}

/// What an attempt at a task adds, and how long it takes.
struct Attempt {
    /// Whether it begins with the submission of something that it then waits for.
    is_submitted: bool,
    /// Whether there is an expression before the first one that may fail.
    evaluates_input: bool,
    /// The shortest time in which it succeeds.
    shortest: Millis,
    longest: Option<Millis>,
    /// The shortest time in which it is out of time.
    expiry: Millis,
}

impl Attempt {
    /// Scheduled, started, and ended, and what was started was submitted.
    fn events(&self) -> u64 {
        3 + u64::from(self.is_submitted)
    }
}

fn of_task(task: &Task, find: Find<'_>) -> Visit {
    let integration = task.service.as_ref().and_then(|service| Integration::read(&service.resource).ok());
    let attempt = Attempt {
        is_submitted: integration.is_some_and(|integration| integration.pattern != Pattern::RequestResponse),
        evaluates_input: task.service.as_ref().is_some_and(|service| service.arguments.is_some()),
        shortest: 0,
        longest: task.timeout.map(millis_up),
        expiry: task_expiry(task),
    };
    of_attempts(&attempt, &task.retry, &task.catch, &task.next, find)
}

fn of_nested(nested: &Nested, children: &[Bounds], find: Find<'_>) -> Visit {
    // Of a child whose end nobody waits for, nothing is to be known.
    let child = children.get(nested.child.0).filter(|_| nested.is_awaited()).copied().unwrap_or(Bounds::UNKNOWN);
    let longest = nested.timeout.into_iter().chain(child.longest).min().map(millis_up);
    let attempt = Attempt {
        is_submitted: nested.pattern != Pattern::RequestResponse,
        evaluates_input: nested.input.is_some(),
        shortest: millis_down(child.shortest),
        longest,
        expiry: nested_expiry(nested),
    };
    of_attempts(&attempt, &nested.retry, &nested.catch, &nested.next, find)
}

fn of_attempts(attempt: &Attempt, retriers: &[Retrier], catchers: &[Catcher], to: &Next, find: Find<'_>) -> Visit {
    let whole = 2 + attempt.events();
    let evaluates_output = match to {
        Next::To(transition) => transition.payload.is_some(),
        Next::End(lambda) => lambda.is_some(),
        Next::Missing => false,
    };
    let successor = next(to, find).map(|to| leg(to, attempt.shortest, whole, whole));
    let caught = catchers.iter().filter_map(|catcher| {
        let target = To::State(find(&catcher.transition.target)?);
        let evaluation = takes_evaluation(&catcher.errors);
        // An input that cannot be evaluated is caught before the first attempt, an output after the last. What fails to be
        // submitted has no event for it.
        let least = if attempt.evaluates_input && evaluation { 3 } else { 5 };
        let most = whole + u64::from(evaluates_output && evaluation);
        Some(leg(target, fails_after(attempt.expiry, &catcher.errors), least, most))
    });
    Visit {
        legs: successor.into_iter().chain(caught).collect(),
        interrupted: events(attempt.events()),
        retries: retriers.iter().map(|retrier| retries(attempt, retrier)).collect(),
        longest: longest(attempt, retriers),
    }
}

fn retries(attempt: &Attempt, retrier: &Retrier) -> Retries {
    Retries {
        count: retrier.backoff.max_attempts.into(),
        each: Amount { events: attempt.events(), transitions: 1 },
        delays: Delays::new(retrier.backoff, fails_after(attempt.expiry, &retrier.errors)),
    }
}

/// Each attempt may take its longest time, and each retrier counts its own.
fn longest(attempt: &Attempt, retriers: &[Retrier]) -> Option<Millis> {
    let attempts = retriers.iter().map(|retrier| u64::from(retrier.backoff.max_attempts)).sum::<u64>() + 1;
    let waits =
        retriers.iter().map(|retrier| Delays::new(retrier.backoff, 0).longest_of(retrier.backoff.max_attempts.into()));
    Some(waits.fold(attempt.longest?.saturating_mul(attempts), Millis::saturating_add))
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
    nested.timeout.map_or(0, millis_down)
}

/// The shortest time after which an attempt fails with one of these errors: only a timeout takes its time.
fn fails_after(expiry: Millis, errors: &[ErrorRef]) -> Millis {
    let is_timeout =
        |error: &ErrorRef| matches!(error, ErrorRef::States(StatesError::Timeout | StatesError::HeartbeatTimeout));
    if errors.iter().all(is_timeout) { expiry } else { 0 }
}

fn takes_evaluation(errors: &[ErrorRef]) -> bool {
    errors.iter().any(|error| matches!(error, ErrorRef::States(StatesError::All | StatesError::QueryEvaluationError)))
}

/// Where `next` or `end` leads, unless that is not known.
fn next(next: &Next, find: Find<'_>) -> Option<To> {
    match next {
        Next::To(transition) => Some(To::State(find(&transition.target)?)),
        Next::End(_) => Some(To::Success),
        Next::Missing => None,
    }
}

fn leg(to: To, shortest: Millis, least: u64, most: u64) -> Leg {
    let amount = |events| Amount { events, transitions: 1 };
    Leg { to, shortest, least: amount(least), most: Some(amount(most)) }
}

fn events(events: u64) -> Amount {
    Amount { events, transitions: 0 }
}
