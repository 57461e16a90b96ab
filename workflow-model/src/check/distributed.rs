//! W0303 and W0601: the numbers and the label of a distributed map.

use super::text::grouped;
use crate::finding::{Code, Finding, Place, StatePart};
use crate::machine::{Mode, StateMachine};
use crate::states::{Distributed, StateKind};

/// The longest label of a map's run.
const LONGEST_LABEL: usize = 40;
/// The largest input of an execution, in bytes.
const LARGEST_INPUT: u32 = 262_144;
/// What Step Functions refuses in a label, besides white space and control characters.
const REFUSED: &str = "?*<>{}[]:;,\\|^~$#%&`\"";

pub(super) fn check(machine: &StateMachine, findings: &mut Vec<Finding>) {
    if machine.mode == Mode::Native {
        return;
    }
    for (position, state) in machine.states.iter().enumerate() {
        if let StateKind::Map(map) = &state.kind
            && let Some(distributed) = &map.distributed
        {
            let at = |option| Place::State(position, StatePart::Option(option));
            findings.extend(label(&state.name, distributed, at("label")));
            findings.extend(percentage(&state.name, distributed, at("tolerated_failure_percentage")));
            findings.extend(batch(&state.name, distributed, at));
        }
    }
}

fn label(name: &str, distributed: &Distributed, place: Place) -> Option<Finding> {
    let label = distributed.label.as_ref()?;
    let length = label.chars().count();
    let refused = label.chars().find(|char| char.is_whitespace() || char.is_control() || REFUSED.contains(*char));
    let message = match refused {
        _ if length == 0 => format!("the label of `{name}` is empty"),
        _ if length > LONGEST_LABEL => {
            format!("the label of `{name}` has {length} characters, but Step Functions takes at most {LONGEST_LABEL}")
        }
        Some(char) => format!("the label of `{name}` has {char:?} in it, which Step Functions refuses"),
        None => return None,
    };
    Some(Finding::new(Code::W0601, place, message).help("write a short name, as in `label = \"Resize\"`"))
}

fn percentage(name: &str, distributed: &Distributed, place: Place) -> Option<Finding> {
    let percentage = distributed.tolerated_failure_percentage?;
    if (0.0..=100.0).contains(&percentage) {
        return None;
    }
    let message = format!("`{name}` tolerates {percentage} % of failures, but a percentage is between 0 and 100");
    let help = format!("write `tolerated_failure_percentage = {}`", percentage.clamp(0.0, 100.0));
    Some(Finding::new(Code::W0303, place, message).help(help))
}

fn batch(name: &str, distributed: &Distributed, at: impl Fn(&'static str) -> Place) -> Vec<Finding> {
    let Some(batch) = distributed.batch else { return Vec::new() };
    let mut findings = Vec::new();
    if batch.max_items == Some(0) {
        let message = format!("a batch of `{name}` has no items, so that nothing would ever run");
        let finding = Finding::new(Code::W0303, at("max_items_per_batch"), message);
        findings.push(finding.help("write `max_items_per_batch = 1` or more, or remove it"));
    }
    if let Some(bytes) = batch.max_input_bytes.filter(|&bytes| bytes == 0 || bytes > LARGEST_INPUT) {
        let (bytes, most) = (grouped(u64::from(bytes)), grouped(u64::from(LARGEST_INPUT)));
        let message =
            format!("a batch of `{name}` may have {bytes} bytes, but an execution of Step Functions takes 1 to {most}");
        let finding = Finding::new(Code::W0303, at("max_input_bytes_per_batch"), message);
        findings.push(finding.help("write `max_input_bytes_per_batch = 262_144` or less"));
    }
    findings
}
