//! W01: where states lead, and who leads to them.

use std::collections::BTreeSet;

use super::reach::{Cycle, Graph, Unknown, lacks_successor};
use super::text;
use crate::finding::{Code, Finding, Place, StatePart};
use crate::machine::StateMachine;
use crate::states::StateKind;

pub(super) fn check(graph: &Graph<'_>, findings: &mut Vec<Finding>) {
    findings.extend(start(graph));
    findings.extend(graph.unknown.iter().map(|unknown| unknown_target(graph.machine, unknown)));
    unreachable(graph, findings);
    endless(graph, findings);
    findings.extend(nests_itself(graph));
    let missing = (0..graph.machine.states.len()).filter_map(|state| missing_successor(graph.machine, state));
    findings.extend(missing);
}

fn start(graph: &Graph<'_>) -> Option<Finding> {
    let machine = graph.machine;
    let Some(first) = machine.states.first() else {
        let finding = Finding::new(Code::W0105, Place::Workflow, "the workflow has no states");
        return Some(finding.help("write one, as in `#[succeed] fn done();`"));
    };
    let Some(start) = &machine.start else {
        let finding = Finding::new(Code::W0105, Place::Workflow, "the workflow does not say in which state it starts");
        return Some(finding.help(format!("name its first state, as in `#[workflow(start = {})]`", first.name)));
    };
    if machine.state(start).is_some() {
        return None;
    }
    let message = format!("the workflow starts in `{start}`, but no state has that name");
    let finding = Finding::new(Code::W0105, Place::WorkflowOption("start"), message);
    Some(finding.help(known_states(machine, graph.near(start))))
}

fn unknown_target(machine: &StateMachine, unknown: &Unknown<'_>) -> Finding {
    let message =
        format!("`{}` leads to `{}`, but no state has that name", machine.states[unknown.state].name, unknown.target);
    let place = Place::State(unknown.state, StatePart::Target(unknown.transition));
    Finding::new(Code::W0101, place, message).help(known_states(machine, unknown.near))
}

/// Which name to write instead of an unknown one.
fn known_states(machine: &StateMachine, near: Option<&str>) -> String {
    match near {
        Some(near) => format!("a state with a similar name exists: `{near}`"),
        None => format!("the states are {}", text::list(machine.states.iter().map(|state| state.name.as_str()))),
    }
}

/// Each state that no execution reaches. The remedy stands on one state of each island, from which its other states
/// follow; those say so.
fn unreachable(graph: &Graph<'_>, findings: &mut Vec<Finding>) {
    let machine = graph.machine;
    let mut told = vec![false; machine.states.len()];
    for component in graph.components(|state| !graph.is_reached(state)) {
        let Some(&head) = component.first().filter(|&&state| !told[state]) else { continue };
        let followers = followers(graph, head, &mut told);
        let mut finding = unreachable_state(graph, head).help(way_to(graph, head));
        if !followers.is_empty() {
            let are = if followers.len() == 1 { "is" } else { "are" };
            finding =
                finding.help(format!("{} {are} reached as soon as it is", text::list_states(machine, &followers)));
        }
        findings.push(finding);
        for state in followers {
            let help = format!("it is reached as soon as `{}` is", machine.states[head].name);
            findings.push(unreachable_state(graph, state).help(help));
        }
    }
}

/// The states that are reached once `head` is, in source order, without those already told of.
fn followers(graph: &Graph<'_>, head: usize, told: &mut [bool]) -> Vec<usize> {
    let mut followers = Vec::new();
    let mut stack = vec![head];
    while let Some(state) = stack.pop() {
        if !graph.is_reached(state) && !std::mem::replace(&mut told[state], true) {
            followers.push(state);
            stack.extend(graph.edges(state).iter().map(|edge| edge.target));
        }
    }
    followers.retain(|&state| state != head);
    followers.sort_unstable();
    followers
}

fn unreachable_state(graph: &Graph<'_>, state: usize) -> Finding {
    let machine = graph.machine;
    let predecessors = graph.predecessors(state);
    let why = match predecessors.len() {
        0 => "no other state leads to it".to_owned(),
        1 => format!("only {} leads to it, which is not reached either", text::list_states(machine, &predecessors)),
        _ => format!("only {} lead to it, which are not reached either", text::list_states(machine, &predecessors)),
    };
    let message = format!("no execution can reach `{}`: {why}", machine.states[state].name);
    Finding::new(Code::W0102, Place::State(state, StatePart::Name), message)
}

/// How a state could be reached: from the reached state nearest before it that is able to lead anywhere.
fn way_to(graph: &Graph<'_>, target: usize) -> String {
    let machine = graph.machine;
    let name = &machine.states[target].name;
    let able = |&state: &usize| graph.is_reached(state) && !machine.states[state].kind.is_terminal();
    let from = (0..target).rev().find(able).or_else(|| (target..machine.states.len()).find(able));
    let Some(from) = from.map(|from| &machine.states[from]) else {
        return format!("start there, as in `#[workflow(start = {name})]`, or remove it");
    };
    let edge = match from.kind {
        StateKind::Choice(_) => format!("_ => {}", text::call(&machine.states[target])),
        _ => format!("next = {name}"),
    };
    format!("lead to it from `{}`, as in `{edge}`, or remove it", from.name)
}

/// The states from which no end can be reached: one finding for each cycle that they are caught in, on its first state.
fn endless(graph: &Graph<'_>, findings: &mut Vec<Finding>) {
    let can_end = graph.can_end();
    let mut told = can_end.clone();
    for component in graph.components(|state| graph.is_reached(state) && !can_end[state]) {
        let members: BTreeSet<usize> = component.iter().copied().collect();
        let stays = |&state: &usize| graph.edges(state).iter().all(|edge| members.contains(&edge.target));
        // Of the components that lead nowhere else, each is a cycle: a state without an edge is an end, or is open.
        if let Some(cycle) = graph.cycle_through(component[0], &component).filter(|_| component.iter().all(stays)) {
            findings.push(caught(graph, &component, &cycle, &mut told));
        }
    }
}

/// A workflow that runs itself on each way to an end: each of its executions would start another one.
fn nests_itself(graph: &Graph<'_>) -> Option<Finding> {
    let machine = graph.machine;
    let itself = machine.itself?;
    let nests =
        |state: usize| matches!(&machine.states[state].kind, StateKind::Nested(nested) if nested.child == itself);
    let start = machine.index_of(machine.start.as_deref()?)?;
    let (mut seen, mut first, mut stack) = (BTreeSet::new(), None, vec![start]);
    while let Some(state) = stack.pop() {
        if nests(state) {
            first = first.into_iter().chain([state]).min();
        } else if graph.may_end_at(state) {
            return None;
        } else if seen.insert(state) {
            stack.extend(graph.edges(state).iter().map(|edge| edge.target));
        }
    }
    let (position, workflow) = (first?, &machine.name);
    let name = &machine.states[position].name;
    let message = format!(
        "each way to an end runs `{workflow}` again, as in `{name}`: each execution would start another one, for ever"
    );
    let help = match machine.states.iter().find(|state| state.kind.is_terminal()) {
        Some(end) => format!("let a `#[choice]` before it lead to an end as well, as in `_ => {}`", text::call(end)),
        None => "let a `#[choice]` before it lead to an end as well, such as `#[succeed] fn done(…);`".to_owned(),
    };
    Some(Finding::new(Code::W0103, Place::State(position, StatePart::Name), message).help(help))
}

fn caught(graph: &Graph<'_>, component: &[usize], cycle: &Cycle, told: &mut [bool]) -> Finding {
    let machine = graph.machine;
    let name = &machine.states[component[0]].name;
    let message = format!(
        "no end can be reached from `{name}`: executions go round {} for ever",
        text::path(machine, &cycle.path)
    );
    let place = Place::State(component[0], StatePart::Name);
    let finding = Finding::new(Code::W0103, place, message).help(way_out(machine, component, cycle));
    let mut others = Vec::new();
    let mut stack = component.to_vec();
    while let Some(state) = stack.pop() {
        if graph.is_reached(state) && !std::mem::replace(&mut told[state], true) {
            others.push(state);
            stack.extend(graph.predecessors(state));
        }
    }
    others.retain(|state| !cycle.path.contains(state));
    others.sort_unstable();
    if others.is_empty() {
        return finding;
    }
    finding.help(format!("the same holds for {}", text::list_states(machine, &others)))
}

/// What could lead out of a cycle: an arm of a choice on it, or else the transition that closes it.
fn way_out(machine: &StateMachine, component: &[usize], cycle: &Cycle) -> String {
    let end = machine.states.iter().find(|state| state.kind.is_terminal());
    let choice =
        component.iter().map(|&state| &machine.states[state]).find(|state| matches!(state.kind, StateKind::Choice(_)));
    let closing = &machine.states[cycle.state].name;
    match (choice, end) {
        (Some(choice), Some(end)) => {
            format!("let an arm of `{}` leave it, as in `_ => {}`", choice.name, text::call(end))
        }
        (Some(choice), None) => {
            format!("let an arm of `{}` leave it, for a state such as `#[succeed] fn done(…);`", choice.name)
        }
        (None, Some(end)) => format!("let `{closing}` leave it, with `next = {}` or `end`", end.name),
        (None, None) => format!("let `{closing}` leave it, with `end`"),
    }
}

/// A state that neither ends the execution nor says what follows.
fn missing_successor(machine: &StateMachine, position: usize) -> Option<Finding> {
    let state = &machine.states[position];
    if !lacks_successor(&state.kind) {
        return None;
    }
    let help = match (&state.kind, machine.states.get(position + 1)) {
        (StateKind::Choice(_), Some(following)) => {
            format!("end each arm in a state, as in `_ => {}`", text::call(following))
        }
        (StateKind::Choice(_), None) => "end each arm in a state, as in `_ => done(…)`".to_owned(),
        (_, Some(following)) => {
            format!("write `next = {}`, or `end` if the execution succeeds with its result", following.name)
        }
        (_, None) => {
            "write `end` if the execution succeeds with its result, or `next` with the state that follows".to_owned()
        }
    };
    let message = format!("`{}` neither leads to a state nor ends the execution", state.name);
    Some(Finding::new(Code::W0107, Place::State(position, StatePart::Kind), message).help(help))
}
