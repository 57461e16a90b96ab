//! The rules that a workflow must keep. They serve the compiler, which has a span for each [`Place`], and a loaded
//! definition alike.
//!
//! What can be decided from one attribute alone, such as an unknown option, is decided where it is read. Here are the rules
//! across states, and those on values, one file per family of codes.

mod cycles;
mod deadline;
mod distributed;
mod errors;
mod function;
mod graph;
mod history;
mod kinds;
mod names;
mod numbers;
mod poll;
mod raised;
mod reach;
mod service;
mod text;
mod time;

pub(crate) use names::LONGEST as LONGEST_NAME;
pub use raised::uncaught;

use crate::Definition;
use crate::bounds::{self, Known, Net};
use crate::finding::{Code, Finding, Place, Severity};
use crate::machine::StateMachine;

/// Everything that is wrong with a machine, in the order of its states.
///
/// A mistake gives one finding where possible: a target that is misspelt counts as the state it resembles, and where
/// nothing resembles it, no state is called unreachable.
///
/// ```
/// use workflow_model::{StateMachine, check::check};
///
/// let findings = check(&StateMachine::default());
/// assert_eq!(findings[0].to_string(), "W0105: the workflow has no states\nhelp: write one, as in `#[succeed] fn done();`");
/// ```
pub fn check(machine: &StateMachine) -> Vec<Finding> {
    check_with(machine, Known::NOTHING)
}

/// Everything that is wrong with a definition: the same, with what is known of the workflows that it nests and of its branches.
pub fn check_definition(definition: &Definition) -> Vec<Finding> {
    let mut findings = check_with(&definition.machine, &bounds::known_of(definition));
    raised::check(definition, &mut findings);
    sort(&mut findings);
    findings
}

fn check_with(machine: &StateMachine, known: &Known) -> Vec<Finding> {
    let graph = reach::Graph::new(machine);
    let mut findings = Vec::new();
    graph::check(&graph, &mut findings);
    let counters = Net::new(machine, known).map(|net| net.counters).unwrap_or_default();
    cycles::check(&graph, &counters, &mut findings);
    time::check(machine, &mut findings);
    poll::check(machine, &mut findings);
    numbers::check(machine, &mut findings);
    distributed::check(machine, &mut findings);
    errors::check(machine, &mut findings);
    names::check(machine, &mut findings);
    kinds::check(machine, &mut findings);
    service::check(machine, &mut findings);
    function::check(machine, &mut findings);
    deadline::check_states(machine, &mut findings);
    // What follows from a graph or from numbers that are not right is not worth saying.
    let misleads = |finding: &Finding| {
        let counts = finding.code < Code::W0301 || matches!(finding.code, Code::W0303 | Code::W0305 | Code::W0306);
        counts && finding.severity() == Severity::Error
    };
    if !findings.iter().any(misleads) {
        deadline::check_paths(machine, known, &mut findings);
        history::check(machine, known, &mut findings);
    }
    sort(&mut findings);
    findings
}

fn sort(findings: &mut [Finding]) {
    findings.sort_by_key(|finding| (position(&finding.place), finding.code));
}

/// Where a place stands in the source: the workflow's attribute, then the states.
fn position(place: &Place) -> Option<usize> {
    match place {
        Place::Workflow | Place::WorkflowOption(_) => None,
        Place::State(state, _) => Some(*state),
    }
}
