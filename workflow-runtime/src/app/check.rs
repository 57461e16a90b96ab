//! `check`: what the compiler said of the workflows, and whether they can be exported.

use serde_json::json;
use workflow_model::finding::Severity;
use workflow_model::machine::Mode;
use workflow_model::{Finding, Place, StateMachine, asl};

use super::arguments::Format;
use super::{App, AppError, print};

pub(super) fn check(app: &App, format: &Format) -> Result<(), AppError> {
    let mut errors = 0;
    let mut rows = Vec::new();
    let mut text = String::new();
    for entry in &app.workflows {
        let definition = entry.workflow.definition();
        let machine = &definition.machine;
        let findings = workflow_model::check::check(machine);
        errors += findings.iter().filter(|finding| finding.severity() == Severity::Error).count();
        // A native workflow is never exported, so nothing can be wrong with its export.
        let export = match machine.mode {
            Mode::Native => None,
            Mode::Standard | Mode::Express => asl::write(&definition).err().map(|error| error.to_string()),
        };
        errors += usize::from(export.is_some());
        let verdict = if findings.is_empty() && export.is_none() { "nothing to say" } else { "" };
        text.push_str(format!("{}: {} states  {verdict}", machine.name, machine.states.len()).trim_end());
        text.push('\n');
        for finding in &findings {
            text.push_str(&format!("  {}\n", described(machine, finding).replace('\n', "\n    ")));
        }
        if let Some(error) = &export {
            text.push_str(&format!("  it cannot be exported: {error}\n"));
        }
        rows.push(json!({
            "workflow": machine.name,
            "states": machine.states.len(),
            "findings": findings.iter().map(|finding| json!({
                "code": finding.code.as_str(),
                "message": finding.message,
                "help": finding.help,
                "state": state(machine, finding),
            })).collect::<Vec<_>>(),
            "export_error": export,
        }));
    }
    match format.json {
        true => print(&format!("{:#}\n", json!(rows)))?,
        false => print(&text)?,
    }
    if errors == 0 { Ok(()) } else { Err(AppError::Findings(errors)) }
}

fn described(machine: &StateMachine, finding: &Finding) -> String {
    match state(machine, finding) {
        Some(state) => format!("{state}: {finding}"),
        None => finding.to_string(),
    }
}

/// The state that a finding is about.
fn state<'a>(machine: &'a StateMachine, finding: &Finding) -> Option<&'a str> {
    match &finding.place {
        Place::State(index, _) => machine.states.get(*index).map(|state| state.name.as_str()),
        Place::Workflow | Place::WorkflowOption(_) => None,
    }
}
