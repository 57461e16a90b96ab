//! Which errors end an execution, as no catcher takes them.

use crate::machine::{State, StateMachine};
use crate::states::{ErrorRef, StateKind, StatesError};

/// The errors of each state that end the execution, in words, with the position of the state. States in which nothing but a portable
/// expression can fail are left out.
///
/// ```
/// use workflow_model::{StateMachine, check::uncaught};
///
/// assert_eq!(uncaught(&StateMachine::default()), []);
/// ```
pub fn uncaught(machine: &StateMachine) -> Vec<(usize, Vec<String>)> {
    let of_state = |(position, state)| {
        let errors = of_state(machine, state);
        (!errors.is_empty()).then_some((position, errors))
    };
    machine.states.iter().enumerate().filter_map(of_state).collect()
}

fn of_state(machine: &StateMachine, state: &State) -> Vec<String> {
    let timeout = match &state.kind {
        StateKind::Task(task) => task.timeout,
        StateKind::Poll(poll) => poll.timeout,
        StateKind::Nested(nested) => nested.timeout,
        StateKind::Parallel(_) | StateKind::Map(_) => None,
        _ => return Vec::new(),
    };
    let caught = || state.kind.catchers().iter().flat_map(|catcher| &catcher.errors);
    let catches = |wanted: StatesError| caught().any(|error| *error == ErrorRef::States(wanted));
    let mut errors = Vec::new();
    if catches(StatesError::All) {
        return errors;
    }
    if !catches(StatesError::TaskFailed) {
        let named = caught().filter_map(|error| match error {
            ErrorRef::Custom(name) => machine.errors.get(name.0).map(String::as_str),
            ErrorRef::States(_) => None,
        });
        let named = named.collect::<Vec<_>>().join(", ");
        errors.push(if named.is_empty() { "its own errors".to_owned() } else { format!("its own errors but {named}") });
    }
    if timeout.is_some() && !catches(StatesError::Timeout) {
        errors.push(StatesError::Timeout.to_string());
    }
    errors
}
