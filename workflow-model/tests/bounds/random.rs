//! Random machines: no simulated execution takes less than the least or more than the most, and where a machine is small, one takes
//! exactly that.

use std::time::Duration;

use proptest::prelude::*;
use workflow_model::StateMachine;
use workflow_model::bounds::{Bounds, Known, bounds};
use workflow_model::states::{Backoff, Jitter, Retrier, StateKind, StatesError, WaitTime};

use crate::sample::{catcher, machine, retrier, states};
use crate::simulate::{Chances, Taken, simulate};

/// What a state of a random machine is made from.
#[derive(Clone, Debug)]
struct Plan {
    kind: &'static str,
    targets: Vec<usize>,
    seconds: u64,
    retry: Option<(u32, bool, bool)>,
    caught: Option<usize>,
}

fn plans(kinds: &'static [&'static str], most: usize) -> impl Strategy<Value = Vec<Plan>> {
    (1..=most).prop_flat_map(move |count| {
        let retry = prop::option::of((0..4_u32, any::<bool>(), any::<bool>()));
        let caught = prop::option::of(0..count);
        let state = (prop::sample::select(kinds), prop::collection::vec(0..count, 1..4), 1..40_u64, retry, caught);
        let state =
            state.prop_map(|(kind, targets, seconds, retry, caught)| Plan { kind, targets, seconds, retry, caught });
        prop::collection::vec(state, count)
    })
}

/// A machine of these states. Where it is to have no cycle, states lead to later ones only.
fn build(plans: &[Plan], acyclic: bool, timeout: u64) -> StateMachine {
    let target = |from: usize, to: usize| {
        let to = if acyclic { (from + 1 + to).min(plans.len()) } else { to };
        if to == plans.len() { "last".to_owned() } else { format!("s{to}") }
    };
    let line = |(index, plan): (usize, &Plan)| {
        let used = match plan.kind {
            "succeed" | "fail" => 0,
            "choice" => plan.targets.len(),
            _ => 1,
        };
        let targets: Vec<String> = plan.targets[..used].iter().map(|&to| target(index, to)).collect();
        format!("s{index} {} {}", plan.kind, targets.join(" "))
    };
    // A choice leads to states, so that there is a last one, which is an end.
    let lines: Vec<String> = plans.iter().enumerate().map(line).chain(["last succeed".to_owned()]).collect();
    let mut machine = machine(&lines.join(";"));
    machine.timeout = Some(Duration::from_secs(timeout));
    for (index, (state, plan)) in machine.states.iter_mut().zip(plans).enumerate() {
        change(&mut state.kind, plan, |to| target(index, to));
    }
    machine
}

fn change(kind: &mut StateKind, plan: &Plan, target: impl Fn(usize) -> String) {
    let time = Duration::from_secs(plan.seconds);
    let retry: Vec<Retrier> =
        plan.retry.iter().map(|&(attempts, jitter, timeouts)| one_retrier(attempts, jitter, timeouts)).collect();
    let caught = plan.caught.map(|to| catcher([states(StatesError::All)], &target(to)));
    match kind {
        StateKind::Task(task) => {
            (task.timeout, task.retry, task.catch) = (Some(time), retry, caught.into_iter().collect());
        }
        StateKind::Nested(nested) => {
            (nested.timeout, nested.retry, nested.catch) = (Some(time), retry, caught.into_iter().collect());
        }
        StateKind::Wait(wait) => wait.time = WaitTime::Fixed(time),
        _ => {}
    }
}

fn one_retrier(max_attempts: u32, jitter: bool, timeouts: bool) -> Retrier {
    let error = if timeouts { StatesError::Timeout } else { StatesError::All };
    let jitter = if jitter { Jitter::Full } else { Jitter::None };
    Retrier { backoff: Backoff { max_attempts, jitter, ..Backoff::default() }, ..retrier([states(error)]) }
}

const KINDS: &[&str] = &["task", "nested", "wait", "wait", "pass", "choice", "choice", "succeed", "fail"];

fn within(taken: &Taken, bounds: &Bounds) -> Result<(), TestCaseError> {
    prop_assert!(bounds.longest.is_some_and(|longest| taken.time <= longest), "{taken:?} {bounds:?}");
    prop_assert!(bounds.most_events.is_none_or(|most| taken.events <= most), "{taken:?} {bounds:?}");
    prop_assert!(bounds.most_transitions.is_none_or(|most| taken.transitions <= most), "{taken:?} {bounds:?}");
    if taken.succeeded {
        prop_assert!(taken.time >= bounds.shortest, "{taken:?} {bounds:?}");
        prop_assert!(taken.events >= bounds.least_events, "{taken:?} {bounds:?}");
        prop_assert!(taken.transitions >= bounds.least_transitions, "{taken:?} {bounds:?}");
    }
    Ok(())
}

proptest! {
    #[test]
    fn no_execution_is_out_of_bounds(
        plans in plans(KINDS, 7),
        timeout in 1..300_u64,
        chances in prop::collection::vec(prop::collection::vec(any::<u8>(), 1..60), 40),
    ) {
        let machine = build(&plans, false, timeout);
        let bounds = bounds(&machine, Known::NOTHING);
        for chances in &chances {
            if let Some(taken) = simulate(&machine, Chances::new(chances)) {
                within(&taken, &bounds)?;
            }
        }
    }

    /// Every way through a small machine without cycles and retries is taken.
    #[test]
    fn the_bounds_are_reached(mut plans in plans(&["task", "wait", "pass", "choice", "choice"], 3)) {
        plans.iter_mut().for_each(|plan| plan.retry = None);
        let machine = build(&plans, true, 1_000);
        let bounds = bounds(&machine, Known::NOTHING);
        let all: Vec<Taken> = (0..4096).filter_map(|number| simulate(&machine, Chances::new(&digits(number)))).collect();
        for taken in &all {
            within(taken, &bounds)?;
        }
        let succeeded = || all.iter().filter(|taken| taken.succeeded);
        prop_assert_eq!(all.iter().map(|taken| taken.time).max(), bounds.longest);
        prop_assert_eq!(all.iter().map(|taken| taken.events).max(), bounds.most_events);
        prop_assert_eq!(all.iter().map(|taken| taken.transitions).max(), bounds.most_transitions);
        prop_assert_eq!(succeeded().map(|taken| taken.time).min(), Some(bounds.shortest));
        prop_assert_eq!(succeeded().map(|taken| taken.events).min(), Some(bounds.least_events));
        prop_assert_eq!(succeeded().map(|taken| taken.transitions).min(), Some(bounds.least_transitions));
    }
}

/// The digits of a number to the base of four, each as a chance for two or four ways and, times three, for three.
fn digits(number: usize) -> Vec<u8> {
    (0..6).map(|digit| [0, 3, 2, 7][(number >> (2 * digit)) % 4]).collect()
}
