//! W0705: the Lambda functions that tasks name.

use crate::finding::{Code, Finding, Place, StatePart};
use crate::machine::{Mode, StateMachine};
use crate::states::{Function, FunctionName, StateKind, Task};

pub(super) fn check(machine: &StateMachine, findings: &mut Vec<Finding>) {
    for (position, state) in machine.states.iter().enumerate() {
        let StateKind::Task(Task { function: Some(function), .. }) = &state.kind else { continue };
        let place = Place::State(position, StatePart::Option("function"));
        findings.extend(match machine.mode {
            Mode::Native => Some(never_called(&state.name, place)),
            Mode::Standard | Mode::Express => no_function(&state.name, function, place),
        });
    }
}

fn never_called(state: &str, place: Place) -> Finding {
    let message = format!(
        "`{state}` names a `function`, but a `#[workflow(native)]` is never exported, so that nothing ever invokes it"
    );
    Finding::new(Code::W0602, place, message).help("remove `function`, or `native` from `#[workflow(…)]`")
}

fn no_function(state: &str, function: &Function, place: Place) -> Option<Finding> {
    let FunctionName::Text(text) = &function.name else { return None };
    let mistake = FunctionName::check(text).err()?;
    let message = format!("`{state}` invokes `{text}`, which Lambda takes for no function: {mistake}");
    let finding = Finding::new(Code::W0705, place, message);
    Some(match text.strip_prefix("${").and_then(|text| text.strip_suffix('}')) {
        Some(name) => finding.help(format!(
            "name a constant, as in `function = FUNCTION`, with `const FUNCTION: Placeholder = Placeholder::new(\"{name}\", \"…\");`"
        )),
        None => finding.help(
            "write the function's name, as in `\"resize\"`, or its ARN, as in \
             `\"arn:aws:lambda:eu-west-1:123456789012:function:resize\"`",
        ),
    })
}
