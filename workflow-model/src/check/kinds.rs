//! W0602: the kinds of state that a workflow may have.

use crate::finding::{Code, Finding, Place, StatePart};
use crate::integrations::Pattern;
use crate::machine::{Mode, StateMachine};
use crate::states::StateKind;

/// An Express workflow can start another workflow on Step Functions, but not wait for its end.
pub(super) fn check(machine: &StateMachine, findings: &mut Vec<Finding>) {
    if machine.mode != Mode::Express {
        return;
    }
    for (position, state) in machine.states.iter().enumerate() {
        if let StateKind::Nested(nested) = &state.kind
            && nested.pattern != Pattern::RequestResponse
        {
            let message = format!(
                "`{}` waits for a nested workflow, which an Express workflow cannot do on Step Functions",
                state.name
            );
            let finding = Finding::new(Code::W0602, Place::State(position, StatePart::Kind), message);
            findings.push(finding.help("write `request_response` to start it and go on, or make this a Standard workflow: remove `express` from `#[workflow(…)]`"));
        }
    }
}
