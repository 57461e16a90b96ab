//! W02: what lies on a cycle.
//!
//! Of the cycles of a strongly connected component one is reported: the shortest through the state that the walk from the
//! start meets first. The finding stands on the edge that leads back to that state.

use std::time::Duration;

use super::reach::{Cycle, Graph};
use super::text;
use crate::bounds::Counter;
use crate::finding::{Code, Finding, Place, StatePart};
use crate::machine::Mode;
use crate::states::{StateKind, WaitTime};

pub(super) fn check(graph: &Graph<'_>, counters: &[Counter], findings: &mut Vec<Finding>) {
    hot_loops(graph, findings);
    unpaced(graph, findings);
    unbounded(graph, counters, findings);
}

/// Cycles with neither a wait nor a task. They may hide within larger cycles that have one, so all waits and tasks are
/// taken away first.
fn hot_loops(graph: &Graph<'_>, findings: &mut Vec<Finding>) {
    let idle = |state: usize| graph.is_reached(state) && !is_work(graph, state) && !is_pause(graph, state);
    for component in graph.components(idle) {
        let Some(cycle) = graph.cycle_through(component[0], &component) else { continue };
        let path = text::path(graph.machine, &cycle.path);
        let message =
            format!("{path} is a hot loop: it has neither a wait nor a task, so it spins without doing anything");
        let finding = Finding::new(Code::W0201, closing_edge(&cycle), message);
        findings.push(finding.help(pause(graph, &cycle)));
    }
}

/// Cycles of tasks without a wait.
fn unpaced(graph: &Graph<'_>, findings: &mut Vec<Finding>) {
    for component in graph.components(|state| graph.is_reached(state) && !is_pause(graph, state)) {
        let Some(&task) = component.iter().find(|&&state| is_work(graph, state)) else { continue };
        let Some(cycle) = graph.cycle_through(task, &component) else { continue };
        let path = text::path(graph.machine, &cycle.path);
        let message = format!("{path} runs `{}` again and again without a wait", graph.machine.states[task].name);
        let finding = Finding::new(Code::W0202, closing_edge(&cycle), message);
        let allow = format!(
            "if each round gets on with the work, as when it fetches the next page, write `#[allow_finding(W0202)]` on `{}`",
            graph.machine.states[cycle.state].name
        );
        findings.push(finding.help(pause(graph, &cycle)).help(allow));
    }
}

/// Cycles in a workflow without a timeout, which no counter bounds either.
fn unbounded(graph: &Graph<'_>, counters: &[Counter], findings: &mut Vec<Finding>) {
    if graph.machine.timeout.is_some() {
        return;
    }
    let is_counted = |component: &[usize]| {
        let counts = |counter: &Counter| component.iter().all(|state| counter.states.contains(state));
        counters.iter().any(counts)
    };
    for component in graph.components(|state| graph.is_reached(state)).iter().filter(|states| !is_counted(states)) {
        let Some(cycle) = graph.cycle_through(component[0], component) else { continue };
        let path = text::path(graph.machine, &cycle.path);
        let message =
            format!("nothing bounds {path}: the workflow has no timeout, so an execution may go round for ever");
        let start = graph.machine.start.as_deref().unwrap_or(&graph.machine.states[component[0]].name);
        let options = match graph.machine.mode {
            Mode::Standard => "timeout = \"1h\"",
            Mode::Express => "express, timeout = \"5m\"",
            Mode::Native => "native, timeout = \"1h\"",
        };
        let help = format!("say how long an execution may take, as in `#[workflow(start = {start}, {options})]`");
        findings.push(Finding::new(Code::W0203, closing_edge(&cycle), message).help(help));
    }
}

fn closing_edge(cycle: &Cycle) -> Place {
    Place::State(cycle.state, StatePart::Target(cycle.transition))
}

/// Where a wait belongs: on the edge that closes the cycle, unless a wait of no length is there to be made longer.
fn pause(graph: &Graph<'_>, cycle: &Cycle) -> String {
    let states = &graph.machine.states;
    let empty = cycle.path.iter().map(|&state| &states[state]).find(|state| matches!(state.kind, StateKind::Wait(_)));
    match empty {
        Some(wait) => format!("a wait of 0s is none: make `{}` longer, as in `#[wait(\"10s\", …)]`", wait.name),
        None => {
            let first = &states[cycle.path[0]].name;
            format!("go back to `{first}` through a wait, as in `#[wait(\"10s\", next = {first})]`")
        }
    }
}

fn is_work(graph: &Graph<'_>, state: usize) -> bool {
    matches!(
        graph.machine.states[state].kind,
        StateKind::Task(_) | StateKind::Poll(_) | StateKind::Nested(_) | StateKind::Parallel(_) | StateKind::Map(_)
    )
}

/// Whether time passes in a state, or somebody outside sets the pace. A wait of no length is none.
fn is_pause(graph: &Graph<'_>, state: usize) -> bool {
    match &graph.machine.states[state].kind {
        StateKind::Wait(wait) => wait.time != WaitTime::Fixed(Duration::ZERO),
        StateKind::Task(task) => task.is_ended_from_outside(),
        StateKind::Nested(nested) => nested.is_callback(),
        _ => false,
    }
}
