//! `check`: what the compiler said of the workflows, and whether they can be exported.

use std::fmt::Write;

use serde::Serialize;
use workflow_model::finding::Severity;
use workflow_model::machine::Mode;
use workflow_model::{Definition, Finding, Place, StateMachine, asl};

use super::arguments::Format;
use super::bounds::Executions;
use super::{App, AppError, print, print_json};

/// What there is to say of a workflow.
#[derive(Serialize)]
struct Report {
    workflow: String,
    states: usize,
    findings: Vec<Found>,
    executions: Executions,
    /// Why the workflow cannot be exported.
    export_error: Option<String>,
}

/// A finding.
#[derive(Serialize)]
struct Found {
    code: &'static str,
    /// The state that it is about.
    state: Option<String>,
    message: String,
    help: Vec<String>,
    #[serde(skip)]
    severity: Severity,
}

pub(super) fn check(app: &App, format: &Format) -> Result<(), AppError> {
    let reports: Vec<_> = app.workflows.iter().map(|entry| report(&entry.workflow.definition())).collect();
    match format.json {
        true => print_json(&reports)?,
        false => print(&(reports.iter().map(text).collect::<String>() + &more(&reports)))?,
    }
    match reports.iter().map(Report::errors).sum() {
        0 => Ok(()),
        errors => Err(AppError::Findings(errors)),
    }
}

fn report(definition: &Definition) -> Report {
    let machine = &definition.machine;
    let findings = workflow_model::check::check_definition(definition).into_iter();
    let findings = findings.map(|finding| found(machine, finding)).collect();
    // A native workflow is never exported, so nothing can be wrong with its export.
    let export_error = match machine.mode {
        Mode::Native => None,
        Mode::Standard | Mode::Express => asl::write(definition).err().map(|error| error.to_string()),
    };
    let executions = Executions::new(definition);
    Report { workflow: machine.name.clone(), states: machine.states.len(), findings, executions, export_error }
}

fn found(machine: &StateMachine, finding: Finding) -> Found {
    let state = match &finding.place {
        Place::State(index, _) => machine.states.get(*index).map(|state| state.name.clone()),
        Place::Workflow | Place::WorkflowOption(_) => None,
    };
    let severity = finding.severity();
    Found { code: finding.code.as_str(), state, message: finding.message, help: finding.help, severity }
}

impl Report {
    fn errors(&self) -> usize {
        let findings = self.findings.iter().filter(|finding| finding.severity == Severity::Error);
        findings.count() + usize::from(self.export_error.is_some())
    }
}

/// Where to read more of what was found.
fn more(reports: &[Report]) -> String {
    let first = reports.iter().flat_map(|report| &report.findings).next();
    first.map(|found| format!("`explain {}` says more of a finding\n", found.code)).unwrap_or_default()
}

/// A report for people.
fn text(report: &Report) -> String {
    let nothing = if report.findings.is_empty() && report.export_error.is_none() { "  nothing to say" } else { "" };
    let mut text = format!("{}: {} states{nothing}\n", report.workflow, report.states);
    let mut line = |line: std::fmt::Arguments<'_>| writeln!(text, "{line}").expect("a string can be written to");
    for Found { code, state, message, help, .. } in &report.findings {
        let state = state.as_ref().map(|state| format!("{state}: ")).unwrap_or_default();
        line(format_args!("  {state}{code}: {message}"));
        help.iter().for_each(|help| line(format_args!("    help: {help}")));
    }
    report.executions.lines().iter().for_each(|bounds| line(format_args!("  {bounds}")));
    if let Some(error) = &report.export_error {
        line(format_args!("  it cannot be exported: {error}"));
    }
    text
}
