//! Which errors come out of each state, through the states that run others: a branch's errors are those of the `#[parallel]` or `#[map]`
//! that it is in, and a nested workflow's are `States.TaskFailed` outside of it.

use std::collections::BTreeSet;

use crate::definition::Definition;
use crate::finding::{Code, Finding, Place, StatePart};
use crate::machine::State;
use crate::states::{Branch, ErrorRef, Nested, StateKind, StatesError};

/// The errors that may come out of a state, but for those of portable expressions and of Step Functions itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Raised {
    /// Their names in Amazon States Language.
    names: BTreeSet<String>,
    /// Whether there may be others, whose names nobody knows.
    others: bool,
}

impl Raised {
    fn extend(&mut self, other: Raised) {
        self.names.extend(other.names);
        self.others |= other.others;
    }
}

/// The errors that end an execution, in the state at each position: those that may come out of it, and that none of its catchers takes. A
/// `#[fail]` is none of them, as it is meant.
///
/// Errors have the names that Step Functions shows. ``its own errors but ServiceError.Rejected`` stands for those of a task whose errors
/// cannot be known, as where anybody may end it.
///
/// ```
/// use workflow_model::{Definition, check::uncaught};
///
/// assert_eq!(uncaught(&Definition::default()), []);
/// ```
pub fn uncaught(definition: &Definition) -> Vec<(usize, Vec<String>)> {
    let of_state = |(position, state): (usize, &State)| {
        let left = left_by(definition, state, raised(definition, position, state));
        let mut errors: Vec<String> = left.names.into_iter().collect();
        if left.others {
            errors.insert(0, others(definition, state));
        }
        (!errors.is_empty()).then_some((position, errors))
    };
    let states = definition.machine.states.iter().enumerate();
    states.filter(|(_, state)| !matches!(state.kind, StateKind::Fail(_))).filter_map(of_state).collect()
}

/// Errors whose names are not known, but for those that a catcher names.
fn others(definition: &Definition, state: &State) -> String {
    let caught = state.kind.catchers().iter().flat_map(|catcher| &catcher.errors);
    let named = caught.filter(|error| matches!(error, ErrorRef::Custom(_))).map(|error| definition.error_name(error));
    let named = named.collect::<Vec<_>>().join(", ");
    if named.is_empty() { "its own errors".to_owned() } else { format!("its own errors but {named}") }
}

/// W0503: retriers and catchers of errors that nothing inside of a `#[parallel]` or a `#[map]` raises.
pub(super) fn check(definition: &Definition, findings: &mut Vec<Finding>) {
    for (position, state) in definition.machine.states.iter().enumerate().filter(|(_, state)| runs_branches(state)) {
        let raised = raised(definition, position, state);
        let retriers = state.kind.retriers().iter().map(|retrier| &retrier.errors).enumerate();
        let catchers = state.kind.catchers().iter().map(|catcher| &catcher.errors).enumerate();
        let retried = retriers.flat_map(|(number, errors)| {
            errors.iter().enumerate().map(move |(index, error)| (error, StatePart::RetryError(number, index)))
        });
        let caught = catchers.flat_map(|(number, errors)| {
            errors.iter().enumerate().map(move |(index, error)| (error, StatePart::CatchError(number, index)))
        });
        for (error, part) in retried.chain(caught) {
            let name = definition.error_name(error);
            let is_inner = matches!(error, ErrorRef::Custom(_) | ErrorRef::States(StatesError::Timeout));
            if is_inner && !raised.others && !raised.names.contains(name) {
                findings.push(never(&raised, state, name, Place::State(position, part)));
            }
        }
    }
}

fn runs_branches(state: &State) -> bool {
    match &state.kind {
        StateKind::Parallel(_) => true,
        StateKind::Map(map) => map.distributed.is_none(),
        _ => false,
    }
}

fn never(raised: &Raised, state: &State, error: &str, place: Place) -> Finding {
    let message = format!("nothing in `{}` raises `{error}`, so nothing would ever come here", state.name);
    let names: Vec<&str> = raised.names.iter().map(String::as_str).collect();
    let help = match names.as_slice() {
        [] => "remove the error: no error comes out of it".to_owned(),
        names => {
            format!("remove the error, or name one that comes out of it: {}", super::text::list(names.iter().copied()))
        }
    };
    Finding::new(Code::W0503, place, message).help(help)
}

/// The errors that a state's attempts fail with.
fn raised(definition: &Definition, position: usize, state: &State) -> Raised {
    let known = || match definition.raises.get(&position) {
        Some(names) => Raised { names: names.iter().cloned().collect(), others: false },
        None => Raised { others: true, ..Raised::default() },
    };
    match &state.kind {
        StateKind::Task(task) => timed(known(), task.timeout.is_some() || task.heartbeat.is_some()),
        StateKind::Poll(poll) => timed(known(), poll.timeout.is_some()),
        StateKind::Nested(nested) => timed(of_nested(nested), nested.timeout.is_some()),
        StateKind::Parallel(parallel) => of_branches(definition, &parallel.branches),
        StateKind::Map(map) if map.distributed.is_none() => {
            of_branches(definition, std::slice::from_ref(&map.processor))
        }
        StateKind::Map(_) => Raised { others: true, ..Raised::default() },
        StateKind::Fail(fail) => Raised { names: fail.error.iter().cloned().collect(), others: fail.error.is_none() },
        _ => Raised::default(),
    }
}

fn timed(mut raised: Raised, has_timeout: bool) -> Raised {
    if has_timeout {
        raised.names.insert(StatesError::Timeout.asl_name().to_owned());
    }
    raised
}

/// Who answers for a token may send any error. Of a child whose end nobody waits for, only its start can fail.
fn of_nested(nested: &Nested) -> Raised {
    match nested.is_callback() {
        true => Raised { others: true, ..Raised::default() },
        false => Raised { names: [StatesError::TaskFailed.asl_name().to_owned()].into(), others: false },
    }
}

/// What comes out of branches: what none of their own catchers takes.
fn of_branches(definition: &Definition, branches: &[Branch]) -> Raised {
    let mut raised = Raised::default();
    for branch in branches {
        match definition.branch(branch) {
            Some(branch) => raised.extend(of_machine(branch)),
            // An execution of its own, which fails as one.
            None if branch.execution.is_some() => {
                raised.names.insert(StatesError::TaskFailed.asl_name().to_owned());
            }
            None => raised.others = true,
        }
    }
    raised
}

fn of_machine(definition: &Definition) -> Raised {
    let mut all = Raised::default();
    for (position, state) in definition.machine.states.iter().enumerate() {
        all.extend(left_by(definition, state, raised(definition, position, state)));
    }
    all
}

/// What the catchers of a state leave.
fn left_by(definition: &Definition, state: &State, raised: Raised) -> Raised {
    let caught = || state.kind.catchers().iter().flat_map(|catcher| &catcher.errors);
    let catches = |wanted: StatesError| caught().any(|error| *error == ErrorRef::States(wanted));
    if catches(StatesError::All) {
        return Raised::default();
    }
    let timeout = StatesError::Timeout.asl_name();
    let is_taken = |name: &str| {
        caught().any(|error| definition.error_name(error) == name)
            || (name != timeout && catches(StatesError::TaskFailed))
    };
    let names = raised.names.into_iter().filter(|name| !is_taken(name)).collect();
    Raised { names, others: raised.others && !catches(StatesError::TaskFailed) }
}
