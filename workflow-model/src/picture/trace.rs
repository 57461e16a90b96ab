//! What an execution did, on the graph of its workflow.

use super::graph::{Graph, NodeKind};
use crate::machine::StateMachine;

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
    /// The node in which the execution is or ended.
    pub(super) last: Option<usize>,
    /// How the execution stands.
    pub(super) status: Status,
}

impl Passes {
    /// Follows a trace on the graph of its machine. A state that the machine does not have is passed over.
    pub(super) fn new(graph: &Graph, machine: &StateMachine, trace: &Trace) -> Self {
        let states = trace.entered.iter();
        let states = states.filter_map(|name| machine.states.iter().position(|state| state.asl_name == *name));
        // The start stands before all states.
        let mut path: Vec<usize> = [0].into_iter().chain(states.map(|state| state + 1)).collect();
        let last = path.last().copied().filter(|&last| last > 0);
        if trace.status == Status::Succeeded {
            let end = graph.nodes.iter().position(|node| node.kind == NodeKind::End);
            let ends_here = |end: &usize| graph.edges.iter().any(|edge| Some(edge.from) == last && edge.to == *end);
            path.extend(end.filter(ends_here));
        }
        let count = |node| path.iter().filter(|&&passed| passed == node).count();
        let mut edges = vec![0; graph.edges.len()];
        for step in path.windows(2) {
            if let Some(edge) = graph.edges.iter().position(|edge| [edge.from, edge.to] == step) {
                edges[edge] += 1;
            }
        }
        Passes { nodes: (0..graph.nodes.len()).map(count).collect(), edges, last, status: trace.status }
    }
}
