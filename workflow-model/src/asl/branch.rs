//! The states of a workflow within a state of another one.

use super::error::WriteError;
use super::json::Object;
use super::nested;
use super::place::Place;
use super::state::StateWriter;
use super::{States, states};
use crate::check::check;
use crate::definition::Definition;
use crate::finding::Code;
use crate::jsonata::Input;
use crate::machine::{Mode, StateMachine};
use crate::scope::BranchScope;
use crate::states::Branch;

/// The states of a branch at `place`, whose first one is given `given`. As an execution of its own it follows the rules of its own kind of
/// workflow.
pub(super) fn write<'a>(
    writer: &StateWriter<'_>,
    branch: &Branch,
    scope: &'a BranchScope,
    given: &Input,
    place: &Place<'_>,
) -> Result<States<'a>, WriteError> {
    let child = writer.definition.child(branch.child);
    if let Some(task) = branch.execution.as_ref().and(scope.own.as_deref()) {
        let task_state = nested::write_item(writer, child, given)?;
        return Ok(States { start: task, states: Object::new().with(task, task_state) });
    }
    let Some(definition) = &child.definition else {
        return Err(writer.unchecked(&format!("has the branch `{}`, whose states are not known", child.name)));
    };
    let mode = match rules(writer, definition)? {
        _ if place.is_own_execution() => definition.machine.mode,
        mode => mode,
    };
    let machine = StateMachine { mode, ..definition.machine.clone() };
    if let Some(finding) = check(&machine).into_iter().find(|finding| finding.code == Code::W0602) {
        return Err(WriteError::Unchecked { workflow: child.name.clone(), what: finding.message });
    }
    let inner = states(definition, &scope.scope, mode, place)?;
    let (Some(input), Some(name)) = (&branch.input, &scope.own) else { return Ok(inner) };
    let expected = writer.definition.shape_ref(input.output);
    let output = writer.lower("the closure of a branch", &input.lambda, std::slice::from_ref(given), Some(expected))?;
    let pass =
        Object::new().with("Type", "Pass").with("Output", super::state::output(output)).with("Next", inner.start);
    let states = Object::new().with(name, pass);
    Ok(States {
        start: name,
        states: inner.states.members().fold(states, |all, (name, state)| all.with(name, state.clone())),
    })
}

/// By which rules a branch is checked: those of the execution that it is a part of.
fn rules(writer: &StateWriter<'_>, branch: &Definition) -> Result<Mode, WriteError> {
    match branch.machine.mode {
        Mode::Native => Err(WriteError::Native { workflow: branch.machine.name.clone() }),
        Mode::Standard | Mode::Express => Ok(writer.mode),
    }
}
