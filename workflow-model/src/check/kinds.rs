//! W0602: the kinds of state that a workflow may have.

use crate::finding::{Code, Finding, Place, StatePart};
use crate::machine::{Mode, StateMachine};
use crate::states::StateKind;

/// An Express workflow can start another workflow and hand a token out on Step Functions, but wait for neither; and it has no
/// activities.
pub(super) fn check(machine: &StateMachine, findings: &mut Vec<Finding>) {
    if machine.mode != Mode::Express {
        return;
    }
    for (position, state) in machine.states.iter().enumerate() {
        let Some((part, does)) = refused(&state.kind) else { continue };
        let message = format!("`{}` {does}, which an Express workflow cannot do on Step Functions", state.name);
        let finding = Finding::new(Code::W0602, Place::State(position, part), message);
        findings.push(finding.help("make this a Standard workflow: remove `express` from `#[workflow(…)]`"));
    }
}

/// What an Express workflow cannot do, and which part of the state says it.
fn refused(kind: &StateKind) -> Option<(StatePart, &'static str)> {
    match kind {
        StateKind::Nested(_) => Some((StatePart::Kind, "waits for a nested workflow")),
        StateKind::Task(task) if task.callback => Some((StatePart::Option("callback"), "waits for its token")),
        StateKind::Task(task) if task.activity.is_some() => {
            Some((StatePart::Option("activity"), "waits for a worker of an activity"))
        }
        _ => None,
    }
}
