//! What an execution did, on the graph of its workflow.

use super::graph::{Graph, NodeKind};
use crate::definition::Definition;
use crate::machine::StateMachine;
use crate::scope::Scope;
use crate::states::StateKind;

/// An execution as a picture shows it: the states that it entered, and how it stands.
///
/// ```
/// use workflow_model::picture::{Status, Trace};
///
/// let trace = Trace::new(["CallService", "WaitForResult", "PollResult"], Status::Running);
/// assert_eq!(trace.entered().len(), 3);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    entered: Vec<String>,
    status: Status,
}

/// How an execution stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It is in the last state that it entered.
    Running,
    /// It has succeeded.
    Succeeded,
    /// It has failed, was stopped, or ran out of time.
    Failed,
}

impl Trace {
    /// A trace of states, by their names in Amazon States Language, in the order in which they were entered.
    pub fn new<S: Into<String>>(entered: impl IntoIterator<Item = S>, status: Status) -> Self {
        Trace { entered: entered.into_iter().map(Into::into).collect(), status }
    }

    /// The states that were entered, in order.
    pub fn entered(&self) -> &[String] {
        &self.entered
    }
}

/// How often each part of a graph was passed.
pub(super) struct Passes {
    /// For each node.
    pub(super) nodes: Vec<usize>,
    /// For each edge.
    pub(super) edges: Vec<usize>,
    /// For each node, what was passed inside of it.
    pub(super) frames: Vec<Vec<Passes>>,
    /// The node in which the execution is or ended.
    pub(super) last: Option<usize>,
    /// How the execution stands.
    pub(super) status: Status,
}

impl Passes {
    /// Follows a trace on the graph of its workflow. A state that the workflow does not have is passed over.
    pub(super) fn new(graph: &Graph, definition: &Definition, trace: &Trace) -> Self {
        let mut passes = Passes::of(graph, definition, &Scope::new(definition), trace.entered(), trace.status);
        passes.nodes[0] = 1;
        passes
    }

    /// The same for a workflow whose states have these names. It has seen only what `entered` has of it.
    fn of(graph: &Graph, definition: &Definition, scope: &Scope, entered: &[String], status: Status) -> Self {
        let machine = &definition.machine;
        let names: Vec<_> = (0..machine.states.len()).map(|index| name(scope, machine, index)).collect();
        let states = entered.iter().filter_map(|entered| names.iter().position(|name| *name == Some(entered)));
        // The start stands before all states.
        let mut path: Vec<usize> = states.map(|state| state + 1).collect();
        let last = path.last().copied();
        if last.is_some() {
            path.insert(0, 0);
        }
        if status == Status::Succeeded {
            let end = graph.nodes.iter().position(|node| node.kind == NodeKind::End);
            let ends_here = |end: &usize| graph.edges.iter().any(|edge| Some(edge.from) == last && edge.to == *end);
            path.extend(end.filter(ends_here));
        }
        let nodes = (0..graph.nodes.len()).map(|node| path.iter().filter(|&&passed| passed == node).count()).collect();
        let mut edges = vec![0; graph.edges.len()];
        for step in path.windows(2) {
            if let Some(edge) = graph.edges.iter().position(|edge| [edge.from, edge.to] == step) {
                edges[edge] += 1;
            }
        }
        let frames = (0..graph.nodes.len()).map(|node| {
            // What goes on in the state in which the execution is has not ended.
            let status = if last == Some(node) { status } else { Status::Succeeded };
            frames(graph, node, definition, scope, entered, status)
        });
        Passes { nodes, edges, frames: frames.collect(), last, status }
    }

    /// Takes each edge between states that were passed as passed: items that go on at the same time do not show who went where. An edge
    /// from a state to itself was passed if the state was passed more often than those that lead to it.
    fn at_the_same_time(mut self, graph: &Graph) -> Self {
        for (passes, edge) in self.edges.iter_mut().zip(&graph.edges) {
            let [from, to] = [edge.from, edge.to].map(|node| self.nodes[node]);
            let others = graph.edges.iter().filter(|other| other.to == edge.to && other.from != edge.to);
            *passes = match edge.from == edge.to {
                true => to.saturating_sub(others.map(|other| self.nodes[other.from]).sum()),
                false => from.min(to),
            };
        }
        self
    }
}

/// What was passed inside of a node.
fn frames(
    graph: &Graph,
    node: usize,
    definition: &Definition,
    scope: &Scope,
    entered: &[String],
    status: Status,
) -> Vec<Passes> {
    let Some(index) = node.checked_sub(1).filter(|&index| index < definition.machine.states.len()) else {
        return Vec::new();
    };
    let kind = &definition.machine.states[index].kind;
    let branches = kind.branches().iter().zip(&scope.branches[index]);
    let inlined = branches.filter_map(|(branch, inner)| Some((definition.branch(branch)?, &inner.scope)));
    let passes = graph.nodes[node].frames.iter().zip(inlined).map(|(frame, (branch, inner))| {
        let passes = Passes { last: None, ..Passes::of(&frame.graph, branch, inner, entered, status) };
        match kind {
            StateKind::Map(_) => passes.at_the_same_time(&frame.graph),
            _ => passes,
        }
    });
    passes.collect()
}

/// What a state is called in a history: of the states that a poll becomes, that which asks.
fn name<'a>(scope: &'a Scope, machine: &StateMachine, index: usize) -> Option<&'a str> {
    let own = &machine.states[index].asl_name;
    let is_own =
        |name: &&str| name.strip_suffix(own.as_str()).is_some_and(|path| path.is_empty() || path.ends_with('.'));
    scope.names_of(machine, index).into_iter().find(is_own)
}
