//! Random graphs, judged by petgraph as well.

use petgraph::Direction;
use petgraph::algo::{has_path_connecting, tarjan_scc};
use petgraph::graph::{DiGraph, NodeIndex};
use proptest::prelude::*;
use workflow_model::check::check;
use workflow_model::finding::{Place, StatePart};
use workflow_model::machine::{Next, State};
use workflow_model::states::StateKind;
use workflow_model::{Code, Finding, StateMachine};

use crate::sample::machine;

/// Names of which none resembles another.
const NAMES: [&str; 12] = [
    "anchor",
    "bicycle",
    "cloud",
    "dragonfly",
    "elephant",
    "feather",
    "guitar",
    "honey",
    "island",
    "jungle",
    "kettle",
    "lemon",
];

/// Machines of up to twelve states without mistakes in their names.
fn machines() -> impl Strategy<Value = StateMachine> {
    (1..=NAMES.len()).prop_flat_map(|count| {
        let state = ("task|nested|wait|pass|choice|choice|succeed", prop::collection::vec(0..count, 1..4));
        prop::collection::vec(state, count).prop_map(|states| machine(&text(&states)))
    })
}

fn text(states: &[(String, Vec<usize>)]) -> String {
    let line = |(index, (kind, targets)): (usize, &(String, Vec<usize>))| {
        let used = match kind.as_str() {
            "succeed" => 0,
            "choice" => targets.len(),
            _ => 1,
        };
        let targets: Vec<&str> = targets[..used].iter().map(|&target| NAMES[target]).collect();
        format!("{} {kind} {}", NAMES[index], targets.join(" "))
    };
    states.iter().enumerate().map(line).collect::<Vec<_>>().join(";")
}

/// The graph without the states that `keep` refuses.
fn judge(machine: &StateMachine, keep: impl Fn(&State) -> bool) -> DiGraph<(), ()> {
    let mut graph = DiGraph::new();
    for _ in &machine.states {
        graph.add_node(());
    }
    for (from, state) in machine.states.iter().enumerate() {
        for transition in state.kind.transitions() {
            let to = machine.index_of(&transition.target).expect("the targets exist");
            if keep(state) && keep(&machine.states[to]) {
                graph.add_edge(NodeIndex::new(from), NodeIndex::new(to), ());
            }
        }
    }
    graph
}

fn reached(graph: &DiGraph<(), ()>) -> Vec<bool> {
    graph.node_indices().map(|state| has_path_connecting(graph, NodeIndex::new(0), state, None)).collect()
}

/// The components of `graph` that hold a cycle, of the reached states that `keep` accepts.
fn cyclic(graph: &DiGraph<(), ()>, reached: &[bool]) -> Vec<Vec<usize>> {
    let is_cycle = |component: &Vec<NodeIndex>| component.len() > 1 || graph.contains_edge(component[0], component[0]);
    let components = tarjan_scc(graph).into_iter().filter(is_cycle);
    let positions = components.map(|component| component.into_iter().map(NodeIndex::index).collect::<Vec<_>>());
    positions.filter(|component| reached[component[0]]).collect()
}

fn of(findings: &[Finding], code: Code) -> Vec<(usize, StatePart)> {
    let place = |finding: &Finding| match &finding.place {
        Place::State(state, part) => (*state, part.clone()),
        place => panic!("{code} stands on a state, not on {place:?}"),
    };
    findings.iter().filter(|finding| finding.code == code).map(place).collect()
}

/// One finding for each component, each on a transition between two of its states.
fn assert_each_closed(machine: &StateMachine, findings: &[Finding], code: Code, components: &[Vec<usize>]) {
    let findings = of(findings, code);
    assert_eq!(findings.len(), components.len(), "{code}: {findings:?} for {components:?}");
    for component in components {
        let closes = |(state, part): &(usize, StatePart)| {
            let StatePart::Target(index) = part else { panic!("{code} stands on a target, not on {part:?}") };
            let transitions = machine.states[*state].kind.transitions();
            let target = machine.index_of(&transitions[*index].target).expect("the targets exist");
            component.contains(state) && component.contains(&target)
        };
        assert_eq!(findings.iter().filter(|finding| closes(finding)).count(), 1, "{code} in {component:?}");
    }
}

fn is_wait(state: &State) -> bool {
    matches!(state.kind, StateKind::Wait(_))
}

fn is_work(state: &State) -> bool {
    matches!(state.kind, StateKind::Task(_) | StateKind::Poll(_) | StateKind::Nested(_))
}

proptest! {
    #[test]
    fn unreachable_states(machine in machines()) {
        let reached = reached(&judge(&machine, |_| true));
        let expected: Vec<_> = (0..reached.len()).filter(|&state| !reached[state]).map(|state| (state, StatePart::Name)).collect();
        prop_assert_eq!(of(&check(&machine), Code::W0102), expected);
    }

    #[test]
    fn states_without_an_end(machine in machines()) {
        let graph = judge(&machine, |_| true);
        let reached = reached(&graph);
        let ends: Vec<NodeIndex> = graph.externals(Direction::Outgoing).collect();
        let can_end = |state: NodeIndex| ends.iter().any(|&end| has_path_connecting(&graph, state, end, None));
        let traps: Vec<Vec<usize>> = cyclic(&graph, &reached)
            .into_iter()
            .filter(|component| !can_end(NodeIndex::new(component[0])))
            .filter(|component| component.iter().all(|&state| graph.neighbors(NodeIndex::new(state)).all(|to| component.contains(&to.index()))))
            .collect();
        let findings = of(&check(&machine), Code::W0103);
        prop_assert_eq!(findings.len(), traps.len());
        for trap in traps {
            prop_assert_eq!(findings.iter().filter(|(state, _)| trap.contains(state)).count(), 1);
        }
    }

    #[test]
    fn cycles(mut machine in machines()) {
        machine.timeout = None;
        let whole = judge(&machine, |_| true);
        let reached = reached(&whole);
        let findings = check(&machine);

        let idle = cyclic(&judge(&machine, |state| !is_wait(state) && !is_work(state)), &reached);
        assert_each_closed(&machine, &findings, Code::W0201, &idle);

        let mut unpaced = cyclic(&judge(&machine, |state| !is_wait(state)), &reached);
        unpaced.retain(|component| component.iter().any(|&state| is_work(&machine.states[state])));
        assert_each_closed(&machine, &findings, Code::W0202, &unpaced);

        assert_each_closed(&machine, &findings, Code::W0203, &cyclic(&whole, &reached));
    }

    /// What a single wrong target hides is left out, but nothing is made up.
    #[test]
    fn a_wrong_target_gives_one_finding(machine in machines(), state: prop::sample::Index, misspelt: bool) {
        let mut wrong = machine.clone();
        let Some(target) = some_target(&mut wrong, state) else { return Ok(()) };
        *target = if misspelt { target[1..].to_owned() } else { "nothing_of_the_kind".to_owned() };
        let (before, after) = (check(&machine), check(&wrong));
        prop_assert_eq!(of(&after, Code::W0101).len(), 1);
        let unreachable = of(&before, Code::W0102);
        prop_assert!(of(&after, Code::W0102).iter().all(|place| unreachable.contains(place)), "{:?}", after);
        // States that were not reached before may be, now that it is open who reaches whom.
        let caught_before = unreachable.len() + of(&before, Code::W0103).len();
        prop_assert!(of(&after, Code::W0103).len() <= caught_before, "{:?}", after);
    }
}

/// The target of a transition of one of the states that has any.
fn some_target(machine: &mut StateMachine, state: prop::sample::Index) -> Option<&mut String> {
    let mut targets: Vec<&mut String> = machine.states.iter_mut().filter_map(first_target).collect();
    if targets.is_empty() { None } else { Some(targets.swap_remove(state.index(targets.len()))) }
}

fn first_target(state: &mut State) -> Option<&mut String> {
    let next = match &mut state.kind {
        StateKind::Choice(choice) => return choice.transitions.first_mut().map(|transition| &mut transition.target),
        StateKind::Task(task) => &mut task.next,
        StateKind::Poll(poll) => &mut poll.next,
        StateKind::Nested(nested) => &mut nested.next,
        StateKind::Parallel(parallel) => &mut parallel.next,
        StateKind::Map(map) => &mut map.next,
        StateKind::Wait(wait) => &mut wait.next,
        StateKind::Pass(pass) => &mut pass.next,
        StateKind::Succeed(_) | StateKind::Fail(_) => return None,
    };
    match next {
        Next::To(transition) => Some(&mut transition.target),
        Next::End(_) | Next::Missing => None,
    }
}
