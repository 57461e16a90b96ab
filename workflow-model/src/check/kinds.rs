//! W0602: the kinds of state that a workflow may have.

use crate::finding::{Code, Finding, Place, StatePart};
use crate::integrations::Pattern;
use crate::machine::{Mode, StateMachine};
use crate::states::StateKind;

/// An Express workflow can start another workflow and hand a token out on Step Functions, but wait for neither; and it has no
/// activities.
pub(super) fn check(machine: &StateMachine, findings: &mut Vec<Finding>) {
    if machine.mode != Mode::Express {
        return;
    }
    for (position, state) in machine.states.iter().enumerate() {
        let Some((part, does, instead)) = refused(&state.kind) else { continue };
        let message = format!("`{}` {does}, which an Express workflow cannot do on Step Functions", state.name);
        let finding = Finding::new(Code::W0602, Place::State(position, part), message);
        findings.push(
            finding.help(format!("{instead}make this a Standard workflow: remove `express` from `#[workflow(…)]`")),
        );
    }
}

/// What an Express workflow cannot do, which part of the state says it, and what it could do instead.
fn refused(kind: &StateKind) -> Option<(StatePart, &'static str, &'static str)> {
    match kind {
        StateKind::Nested(nested) if nested.pattern != Pattern::RequestResponse => {
            let instead = "write `request_response` to start it and go on, or ";
            Some((StatePart::Kind, "waits for a nested workflow", instead))
        }
        StateKind::Task(task) if task.callback => Some((StatePart::Option("callback"), "waits for its token", "")),
        StateKind::Task(task) if task.activity.is_some() => {
            Some((StatePart::Option("activity"), "waits for a worker of an activity", ""))
        }
        kind if kind.branches().iter().any(|branch| branch.execution.is_some()) => {
            let instead = "write the field without `nested(…)` to run the items as a part of this execution, or ";
            Some((StatePart::Kind, "waits for nested workflows", instead))
        }
        StateKind::Map(map) if map.distributed.is_some() => {
            let instead = "remove `distributed` to run the items as a part of this execution, or ";
            Some((StatePart::Option("distributed"), "starts an execution for each item", instead))
        }
        _ => None,
    }
}
