//! Polls: an attempt at once, and others behind it for as long as there is time.

use std::time::Duration;

use super::attempts::{fails_after, takes_evaluation};
use super::schedule::{Delays, Millis, millis_down, millis_up};
use super::visit::{Amount, Find, Leg, Retries, To, Visit, next};
use crate::machine::Next;
use crate::states::{Backoff, Poll};

/// The states that a round goes through: the wait, the attempt, and the choice behind it.
const ROUND: Amount = Amount { events: 9, transitions: 3 };

pub(super) fn poll(poll: &Poll, assigns: bool, find: Find<'_>) -> Visit {
    let (every, deadline) = (poll.every.unwrap_or_default(), poll.deadline.unwrap_or_default());
    let rounds = rounds_behind_the_first(every, deadline);
    // The first attempt has a `Pass` before it instead of the wait.
    let first = ROUND;
    let done = if matches!(poll.next, Next::End(_)) { Amount { events: 2, transitions: 1 } } else { Amount::default() };
    let leg = |to, shortest, least: Amount, most: Amount| Leg { to, shortest, least, most: Some(most), certain: most };
    let ready = next(&poll.next, find).map(|to| leg(to, 0, first.and(done), first.and(done)));
    let late = poll
        .on_deadline
        .as_ref()
        .and_then(|to| find(&to.target))
        .map(|target| leg(To::State(target), millis_down(deadline.saturating_sub(every)), first, first));
    let caught = poll.catch.iter().filter_map(|catcher| {
        let to = To::State(find(&catcher.transition.target)?);
        let failed = Amount { events: 7, transitions: 2 };
        let evaluated = Amount::events(u64::from(assigns || takes_evaluation(&catcher.errors)));
        let expiry = fails_after(poll.timeout.map_or(0, millis_down), &catcher.errors);
        Some(leg(to, expiry, failed, failed.and(evaluated)))
    });
    let interrupted = match rounds {
        0 => Amount { events: 5, transitions: 2 },
        _ => first.and(Amount { events: 1, transitions: 1 }),
    };
    Visit {
        legs: ready.into_iter().chain(late).chain(caught).collect(),
        interrupted,
        retries: std::iter::once(waits(every, rounds)).chain(retries(poll, rounds + 1)).collect(),
        longest: longest(poll, deadline),
    }
}

/// How often it may be tried again: an attempt begins before the deadline.
fn rounds_behind_the_first(every: Duration, deadline: Duration) -> u64 {
    millis_up(deadline).saturating_sub(1).checked_div(millis_down(every)).unwrap_or(0)
}

fn waits(every: Duration, rounds: u64) -> Retries {
    let backoff = Backoff { interval: every, backoff_rate: 1.0, ..Backoff::default() };
    Retries { count: rounds, each: ROUND, certain: ROUND, delays: Delays::new(backoff, 0) }
}

/// Each attempt has its retries. What they take of the time that the rounds need is not known.
fn retries(poll: &Poll, attempts: u64) -> impl Iterator<Item = Retries> {
    let expiry = poll.timeout.map_or(0, millis_down);
    poll.retry.iter().map(move |retrier| Retries {
        count: attempts.saturating_mul(retrier.backoff.max_attempts.into()),
        each: Amount { events: 3, transitions: 1 },
        certain: Amount::default(),
        delays: Delays::new(retrier.backoff, fails_after(expiry, &retrier.errors)).repeated(attempts),
    })
}

/// The last attempt begins before the deadline.
fn longest(poll: &Poll, deadline: Duration) -> Option<Millis> {
    let attempts = 1 + poll.retry.iter().map(|retrier| u64::from(retrier.backoff.max_attempts)).sum::<u64>();
    let delays = poll
        .retry
        .iter()
        .map(|retrier| Delays::new(retrier.backoff, 0).longest_of(retrier.backoff.max_attempts.into()));
    let attempt = delays.fold(millis_up(poll.timeout?).saturating_mul(attempts), Millis::saturating_add);
    Some(attempt.saturating_add(millis_up(deadline)))
}
