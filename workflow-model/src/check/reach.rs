//! The graph of a machine as the checks see it: edges by position, who reaches whom, and what lies on a cycle.

use std::collections::{BTreeMap, VecDeque};

use crate::machine::{Next, StateMachine};
use crate::name::Names;
use crate::states::StateKind;

/// A transition whose target is known.
#[derive(Clone, Copy)]
pub(super) struct Edge {
    /// Which of the state's transitions it is.
    pub(super) transition: usize,
    /// The position of the successor.
    pub(super) target: usize,
}

/// A transition that names no state.
pub(super) struct Unknown<'a> {
    /// The position of the state that it leaves.
    pub(super) state: usize,
    /// Which of that state's transitions it is.
    pub(super) transition: usize,
    /// What was written.
    pub(super) target: &'a str,
    /// The state that seems to be meant.
    pub(super) near: Option<&'a str>,
}

/// The graph of a machine. Where two states share a name, an edge to that name leads to both.
pub(super) struct Graph<'a> {
    pub(super) machine: &'a StateMachine,
    pub(super) unknown: Vec<Unknown<'a>>,
    names: Names<'a>,
    edges: Vec<Vec<Edge>>,
    predecessors: Vec<Vec<usize>>,
    /// Where the misspelt transitions of a state seem to lead.
    meant: Vec<Vec<usize>>,
    /// Whether a state may go on to where nobody knows, as its successor is missing or nothing like its name exists.
    open: Vec<bool>,
    /// The states in the order in which the walk from the start meets them, then those it does not meet.
    order: Vec<usize>,
    /// What the walk meets. `None` where a mistake leaves that open.
    reached: Option<Vec<bool>>,
}

impl<'a> Graph<'a> {
    pub(super) fn new(machine: &'a StateMachine) -> Self {
        let count = machine.states.len();
        let mut graph = Graph {
            machine,
            unknown: Vec::new(),
            names: Names::new(machine.states.iter().map(|state| state.name.as_str())),
            edges: vec![Vec::new(); count],
            predecessors: vec![Vec::new(); count],
            meant: vec![Vec::new(); count],
            open: machine.states.iter().map(|state| lacks_successor(&state.kind)).collect(),
            order: Vec::new(),
            reached: None,
        };
        let mut positions: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (position, state) in machine.states.iter().enumerate() {
            positions.entry(&state.name).or_default().push(position);
        }
        for state in 0..count {
            graph.add_edges(state, &positions);
        }
        graph.walk(&positions);
        graph
    }

    fn add_edges(&mut self, state: usize, positions: &BTreeMap<&'a str, Vec<usize>>) {
        for (transition, to) in self.machine.states[state].kind.transitions().into_iter().enumerate() {
            if let Some(targets) = positions.get(to.target.as_str()) {
                for &target in targets {
                    self.edges[state].push(Edge { transition, target });
                    self.predecessors[target].push(state);
                }
                continue;
            }
            let near = self.near(&to.target);
            match near.and_then(|name| positions.get(name)) {
                Some(targets) => self.meant[state].extend(targets),
                None => self.open[state] = true,
            }
            self.unknown.push(Unknown { state, transition, target: &to.target, near });
        }
    }

    /// Walks from the start, the nearest states first.
    fn walk(&mut self, positions: &BTreeMap<&'a str, Vec<usize>>) {
        let start = self.machine.start.as_deref();
        let start = start.and_then(|name| positions.get(name).or_else(|| positions.get(self.near(name)?)));
        let mut seen = vec![false; self.edges.len()];
        let mut queue: VecDeque<usize> = start.into_iter().flatten().copied().collect();
        let mut order: Vec<usize> = Vec::with_capacity(seen.len());
        while let Some(state) = queue.pop_front() {
            if !std::mem::replace(&mut seen[state], true) {
                order.push(state);
                queue.extend(self.edges[state].iter().map(|edge| edge.target).chain(self.meant[state].iter().copied()));
            }
        }
        let closed = start.is_some() && !order.iter().any(|&state| self.open[state]);
        order.extend((0..seen.len()).filter(|&state| !seen[state]));
        self.order = order;
        self.reached = closed.then_some(seen);
    }

    /// The state whose name resembles this one.
    pub(super) fn near(&self, name: &str) -> Option<&'a str> {
        self.names.nearest(name)
    }

    /// The transitions of a state whose targets are known.
    pub(super) fn edges(&self, state: usize) -> &[Edge] {
        &self.edges[state]
    }

    /// The other states that lead to this one, in source order, each once.
    pub(super) fn predecessors(&self, state: usize) -> Vec<usize> {
        let mut others: Vec<usize> = self.predecessors[state].iter().copied().filter(|&other| other != state).collect();
        others.dedup();
        others
    }

    /// Whether an execution may come to this state. True of each where a mistake leaves it open who reaches whom.
    pub(super) fn is_reached(&self, state: usize) -> bool {
        self.reached.as_ref().is_none_or(|reached| reached[state])
    }

    /// For each state, whether an end can be reached from it, or may be, as where it leads is not known.
    pub(super) fn can_end(&self) -> Vec<bool> {
        let mut ends: Vec<bool> = (0..self.edges.len()).map(|state| self.may_end_at(state)).collect();
        let mut stack: Vec<usize> = (0..ends.len()).filter(|&state| ends[state]).collect();
        while let Some(state) = stack.pop() {
            for &predecessor in &self.predecessors[state] {
                if !std::mem::replace(&mut ends[predecessor], true) {
                    stack.push(predecessor);
                }
            }
        }
        ends
    }

    /// Whether an execution may end in this state, or goes on to where nobody knows.
    pub(super) fn may_end_at(&self, state: usize) -> bool {
        let kind = &self.machine.states[state].kind;
        kind.is_terminal()
            || matches!(kind.next(), Some(Next::End(_)))
            || self.open[state]
            || !self.meant[state].is_empty()
    }

    /// The strongly connected components of the states that `keep` accepts, predecessors first, each in the order
    /// in which the walk from the start meets them.
    pub(super) fn components(&self, keep: impl Fn(usize) -> bool) -> Vec<Vec<usize>> {
        let mut rank = vec![0; self.order.len()];
        for (position, &state) in self.order.iter().enumerate() {
            rank[state] = position;
        }
        let mut left: Vec<bool> = (0..self.edges.len()).map(&keep).collect();
        let mut components = Vec::new();
        for state in self.finished(&keep).into_iter().rev() {
            let mut component = Vec::new();
            let mut stack = vec![state];
            while let Some(state) = stack.pop() {
                if std::mem::replace(&mut left[state], false) {
                    component.push(state);
                    stack.extend(&self.predecessors[state]);
                }
            }
            if !component.is_empty() {
                component.sort_by_key(|&state| rank[state]);
                components.push(component);
            }
        }
        components
    }

    /// The states that `keep` accepts, in the order in which a depth-first walk leaves them: the first half of Kosaraju's
    /// algorithm. The walk keeps its own stack, as a machine may be deeper than the thread's.
    fn finished(&self, keep: impl Fn(usize) -> bool) -> Vec<usize> {
        let mut seen = vec![false; self.edges.len()];
        let mut finished = Vec::with_capacity(seen.len());
        for &root in self.order.iter().filter(|&&state| keep(state)) {
            let mut stack = vec![(root, 0)];
            while let Some((state, done)) = stack.pop() {
                if done == 0 && std::mem::replace(&mut seen[state], true) {
                    continue;
                }
                match self.edges[state].get(done) {
                    Some(edge) => {
                        stack.push((state, done + 1));
                        if keep(edge.target) && !seen[edge.target] {
                            stack.push((edge.target, 0));
                        }
                    }
                    None => finished.push(state),
                }
            }
        }
        finished
    }

    /// The shortest cycle through `pivot` within its component, or `None` when it lies on none.
    pub(super) fn cycle_through(&self, pivot: usize, component: &[usize]) -> Option<Cycle> {
        let mut came_from: BTreeMap<usize, Option<usize>> = component.iter().map(|&state| (state, None)).collect();
        let mut queue = VecDeque::from([pivot]);
        while let Some(state) = queue.pop_front() {
            for edge in &self.edges[state] {
                if edge.target == pivot {
                    return Some(Cycle::new(pivot, state, edge.transition, &came_from));
                }
                if let Some(origin @ None) = came_from.get_mut(&edge.target) {
                    *origin = Some(state);
                    queue.push_back(edge.target);
                }
            }
        }
        None
    }
}

/// A cycle, and the edge that closes it.
pub(super) struct Cycle {
    /// The states on it; the first is also the last.
    pub(super) path: Vec<usize>,
    /// The state whose transition leads back to the first.
    pub(super) state: usize,
    /// Which of its transitions does.
    pub(super) transition: usize,
}

impl Cycle {
    fn new(pivot: usize, state: usize, transition: usize, came_from: &BTreeMap<usize, Option<usize>>) -> Self {
        let back = |&state: &usize| if state == pivot { None } else { came_from[&state] };
        let mut path: Vec<usize> = std::iter::successors(Some(state), back).collect();
        path.reverse();
        path.push(pivot);
        Cycle { path, state, transition }
    }
}

/// Whether a state neither ends the execution nor says what follows.
pub(super) fn lacks_successor(kind: &StateKind) -> bool {
    match kind {
        StateKind::Choice(choice) => choice.transitions.is_empty(),
        kind => matches!(kind.next(), Some(Next::Missing)),
    }
}
