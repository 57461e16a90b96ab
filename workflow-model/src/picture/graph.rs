//! What the pictures show: the graph of a workflow as nodes and edges with short texts.

use crate::definition::Definition;
use crate::duration;
use crate::integrations::{self, Pattern};
use crate::machine::{Next, State, StateMachine, Transition};
use crate::name::pascal_case;
use crate::states::{Branch, ChildRef, ErrorRef, Poll, Retrier, StateKind, StatesError, WaitTime};

use super::choice;

/// A workflow's graph, ready to be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Graph {
    /// The nodes: the start, the states in source order, and an end if a state ends the execution by its `end`.
    pub nodes: Vec<Node>,
    /// The edges, in source order.
    pub edges: Vec<Edge>,
}

/// A state, or a mark for the start or the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// A word of letters, digits and underscores that no other node has.
    pub id: String,
    /// What it is.
    pub kind: NodeKind,
    /// The Rust name of the state; empty for a mark.
    pub title: String,
    /// The doc comment of the state.
    pub comment: Option<String>,
    /// What else to know: its timeout, its retriers, how long it waits.
    pub notes: Vec<String>,
    /// The branches of a parallel state, and what a map does with each item, unless they are executions of their own.
    pub frames: Vec<Frame>,
}

/// A workflow that is a part of a state, and is drawn inside of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// A word of letters, digits and underscores that no other frame and no node has.
    pub id: String,
    /// The name of the workflow.
    pub title: String,
    /// Its graph.
    pub graph: Graph,
}

/// What a [`Node`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// The mark from which the first state is entered.
    Start,
    /// The mark to which states with `end` lead.
    End,
    /// A `#[task]`.
    Task,
    /// A `#[poll]`: the whole loop, as one node with an edge to itself.
    Poll,
    /// A `#[nested]`.
    Nested,
    /// A `#[parallel]`.
    Parallel,
    /// A `#[map]`.
    Map,
    /// A `#[choice]`.
    Choice,
    /// A `#[wait]`.
    Wait,
    /// A `#[pass]`.
    Pass,
    /// A `#[succeed]`.
    Succeed,
    /// A `#[fail]`.
    Fail,
}

/// A transition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The index of the node it leaves.
    pub from: usize,
    /// The index of the node it enters.
    pub to: usize,
    /// Why it is taken.
    pub kind: EdgeKind,
    /// When it is taken, in lines; empty where it is always taken.
    pub labels: Vec<String>,
}

/// Why an [`Edge`] is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EdgeKind {
    /// The state has done its work.
    Next,
    /// The state has failed, and a catcher took the error.
    Catch,
}

impl Graph {
    /// The graph of a workflow. A transition to a state that does not exist is left out.
    pub fn new(definition: &Definition) -> Self {
        Graph::within(definition, "")
    }

    /// The same, where all ids begin alike.
    fn within(definition: &Definition, prefix: &str) -> Self {
        let machine = &definition.machine;
        let mut graph = Graph { nodes: vec![mark(format!("{prefix}Start"), NodeKind::Start)], edges: Vec::new() };
        for state in &machine.states {
            let node = graph.node(definition, state, prefix);
            graph.nodes.push(node);
        }
        if let Some(start) = machine.start.as_ref().and_then(|start| machine.index_of(start)) {
            graph.edges.push(Edge { from: 0, to: start + 1, kind: EdgeKind::Next, labels: Vec::new() });
        }
        if machine.states.iter().any(|state| matches!(state.kind.next(), Some(Next::End(_)))) {
            graph.nodes.push(mark(format!("{prefix}{END}"), NodeKind::End));
        }
        for (index, state) in machine.states.iter().enumerate() {
            graph.add_edges(machine, index + 1, state);
        }
        graph
    }

    fn node(&self, definition: &Definition, state: &State, prefix: &str) -> Node {
        let mut id = format!("{prefix}{}", pascal_case(&state.name));
        while self.nodes.iter().any(|node| node.id == id) || id.strip_prefix(prefix) == Some(END) {
            id.push('_');
        }
        Node {
            frames: frames(definition, &state.kind, &id),
            id,
            kind: kind(&state.kind),
            title: state.name.clone(),
            comment: state.comment.clone(),
            notes: notes(definition, &state.kind),
        }
    }

    /// All nodes, those of frames behind the node that they are in.
    pub(super) fn all_nodes(&self) -> Vec<&Node> {
        let inside = |node| std::iter::once(node).chain(Node::graphs(node).flat_map(Graph::all_nodes));
        self.nodes.iter().flat_map(inside).collect()
    }

    /// All edges, those of frames behind those around them, each with the nodes that it joins.
    pub(super) fn all_edges(&self) -> Vec<(&Edge, [&Node; 2])> {
        let own = self.edges.iter().map(|edge| (edge, [&self.nodes[edge.from], &self.nodes[edge.to]]));
        own.chain(self.nodes.iter().flat_map(Node::graphs).flat_map(Graph::all_edges)).collect()
    }

    fn add_edges(&mut self, machine: &StateMachine, from: usize, state: &State) {
        if let StateKind::Choice(choice) = &state.kind {
            for (target, condition) in choice::ways(&choice.body.body) {
                self.add_edge(machine, from, target, EdgeKind::Next, (!condition.is_empty()).then_some(condition));
            }
        }
        if let Some(next) = state.kind.next() {
            self.add_next(machine, from, next);
        }
        if let StateKind::Poll(poll) = &state.kind {
            self.add_poll(machine, from, state, poll);
        }
        for catcher in state.kind.catchers() {
            let errors = error_names(machine, &catcher.errors);
            self.add_edge(machine, from, &catcher.transition.target, EdgeKind::Catch, Some(errors));
        }
    }

    /// The way back to the poll, and the way out of it when no time is left.
    fn add_poll(&mut self, machine: &StateMachine, from: usize, state: &State, poll: &Poll) {
        let again = poll.every.map(|every| format!("pending: every {}", duration::Display(every)));
        self.add_edge(machine, from, &state.name, EdgeKind::Next, again);
        if let Some(on_deadline) = &poll.on_deadline {
            let late = poll.deadline.map(|deadline| format!("after {}", duration::Display(deadline)));
            self.add_edge(machine, from, &on_deadline.target, EdgeKind::Next, late);
        }
    }

    fn add_next(&mut self, machine: &StateMachine, from: usize, next: &Next) {
        match next {
            Next::To(Transition { target, .. }) => self.add_edge(machine, from, target, EdgeKind::Next, None),
            Next::End(_) => {
                // The mark at the end stands behind all states.
                let to = machine.states.len() + 1;
                self.edges.push(Edge { from, to, kind: EdgeKind::Next, labels: Vec::new() });
            }
            Next::Missing => {}
        }
    }

    /// Adds an edge, or a line to the label of the edge that goes the same way.
    fn add_edge(&mut self, machine: &StateMachine, from: usize, to: &str, kind: EdgeKind, label: Option<String>) {
        let Some(to) = machine.index_of(to).map(|index| index + 1) else { return };
        let lines = label.iter().flat_map(|label| label.lines()).map(shortened);
        match self.edges.iter_mut().find(|edge| (edge.from, edge.to, edge.kind) == (from, to, kind)) {
            Some(edge) => edge.labels.extend(lines),
            None => self.edges.push(Edge { from, to, kind, labels: lines.collect() }),
        }
    }
}

impl Node {
    /// The graphs of what is drawn inside of it.
    fn graphs(&self) -> impl Iterator<Item = &Graph> {
        self.frames.iter().map(|frame| &frame.graph)
    }
}

/// What is drawn inside of a state whose node has this id.
fn frames(definition: &Definition, kind: &StateKind, id: &str) -> Vec<Frame> {
    let inlined = kind.branches().iter().filter_map(|branch| definition.branch(branch));
    let frame = |(index, branch): (usize, &Definition)| {
        let id = format!("{id}_{}", index + 1);
        Frame { title: branch.machine.name.clone(), graph: Graph::within(branch, &format!("{id}_")), id }
    };
    inlined.enumerate().map(frame).collect()
}

const END: &str = "End";

fn mark(id: String, kind: NodeKind) -> Node {
    Node { id, kind, title: String::new(), comment: None, notes: Vec::new(), frames: Vec::new() }
}

fn kind(kind: &StateKind) -> NodeKind {
    match kind {
        StateKind::Task(_) => NodeKind::Task,
        StateKind::Poll(_) => NodeKind::Poll,
        StateKind::Nested(_) => NodeKind::Nested,
        StateKind::Parallel(_) => NodeKind::Parallel,
        StateKind::Map(_) => NodeKind::Map,
        StateKind::Choice(_) => NodeKind::Choice,
        StateKind::Wait(_) => NodeKind::Wait,
        StateKind::Pass(_) => NodeKind::Pass,
        StateKind::Succeed(_) => NodeKind::Succeed,
        StateKind::Fail(_) => NodeKind::Fail,
    }
}

fn notes(definition: &Definition, kind: &StateKind) -> Vec<String> {
    let machine = &definition.machine;
    // What is drawn inside of the state has its name there.
    let elsewhere = |branch: &&Branch| definition.branch(branch).is_none();
    match kind {
        StateKind::Task(task) => {
            let calls = task.service.as_ref().map(|service| shortened(&format!("calls {}", called(&service.resource))));
            let callback = task.callback.then(|| WAITS_FOR_TOKEN.to_owned());
            let activity = task.activity.as_ref().map(|activity| shortened(&format!("activity {activity}")));
            let timeout = task.timeout.map(|timeout| format!("timeout {}", duration::Display(timeout)));
            let marks = [calls, callback, activity, timeout].into_iter().flatten();
            marks.chain(task.retry.iter().map(|retrier| retry_note(machine, retrier))).collect()
        }
        StateKind::Poll(poll) => {
            let timeout = poll.timeout.map(|timeout| format!("timeout {}", duration::Display(timeout)));
            timeout.into_iter().chain(poll.retry.iter().map(|retrier| retry_note(machine, retrier))).collect()
        }
        StateKind::Nested(nested) => {
            let child = child_name(definition, nested.child).map(|child| match nested.pattern {
                Pattern::RequestResponse => format!("starts {child}"),
                _ => format!("runs {child}"),
            });
            let callback = nested.is_callback().then(|| WAITS_FOR_TOKEN.to_owned());
            let timeout = nested.timeout.map(|timeout| format!("timeout {}", duration::Display(timeout)));
            let retry = nested.retry.iter().map(|retrier| retry_note(machine, retrier));
            [child, callback, timeout].into_iter().flatten().chain(retry).collect()
        }
        StateKind::Parallel(parallel) => {
            let name = |branch: &Branch| child_name(definition, branch.child);
            let branches =
                parallel.branches.iter().filter(elsewhere).filter_map(name).map(|name| format!("branch {name}"));
            branches.chain(parallel.retry.iter().map(|retrier| retry_note(machine, retrier))).collect()
        }
        StateKind::Map(map) => {
            let processor = Some(&map.processor).filter(elsewhere);
            let child = processor.and_then(|processor| child_name(definition, processor.child));
            let child = child.map(|child| format!("each {child}"));
            let most = map.max_concurrency.filter(|&most| most > 0).map(|most| format!("at most {most} at once"));
            let retry = map.retry.iter().map(|retrier| retry_note(machine, retrier));
            child.into_iter().chain(most).chain(retry).collect()
        }
        StateKind::Wait(wait) => match &wait.time {
            WaitTime::Fixed(time) => vec![duration::Display(*time).to_string()],
            WaitTime::Seconds(body) => vec![shortened(&format!("{} seconds", body.body))],
            WaitTime::Length(body) => match body.in_seconds() {
                Some(seconds) => vec![shortened(&format!("{} seconds", seconds.body))],
                None => vec![shortened(&body.body.to_string())],
            },
            WaitTime::Until(body) => vec![shortened(&format!("until {}", body.body))],
            WaitTime::Missing => Vec::new(),
        },
        StateKind::Fail(fail) => fail.error.iter().map(|error| shortened(error)).collect(),
        StateKind::Choice(_) | StateKind::Pass(_) | StateKind::Succeed(_) => Vec::new(),
    }
}

/// The name of another workflow.
fn child_name(definition: &Definition, child: ChildRef) -> Option<String> {
    definition.children.get(child.0).map(|child| shortened(&child.name))
}

/// `dynamodb:putItem`: a resource without what all of them begin with.
fn called(resource: &str) -> &str {
    resource.strip_prefix(integrations::PREFIX).unwrap_or(resource)
}

/// How a callback is marked.
const WAITS_FOR_TOKEN: &str = "waits for its token";

fn retry_note(machine: &StateMachine, retrier: &Retrier) -> String {
    format!("retry {} ×{}", error_names(machine, &retrier.errors), retrier.backoff.max_attempts)
}

/// `Timeout | TaskFailed`: the last words of the errors' paths.
fn error_names(machine: &StateMachine, errors: &[ErrorRef]) -> String {
    let name = |error: &ErrorRef| match error {
        ErrorRef::States(StatesError::All) => "any error".to_owned(),
        ErrorRef::States(error) => error.rust_name().to_owned(),
        ErrorRef::Custom(name) => {
            let path = machine.errors.get(name.0).map_or("", String::as_str);
            path.rsplit("::").next().unwrap_or(path).trim().to_owned()
        }
    };
    shortened(&errors.iter().map(name).collect::<Vec<_>>().join(" | "))
}

/// What a picture has room for.
const LONGEST_LABEL: usize = 48;

/// The text on one line, cut where it is too long for a picture.
fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST_LABEL {
        return line;
    }
    let kept: String = line.chars().take(LONGEST_LABEL - 1).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::states::Succeed;

    #[test]
    fn ids_are_unique() {
        let state = |name: &str| State {
            name: name.into(),
            asl_name: pascal_case(name),
            comment: None,
            input: None,
            assign: Vec::new(),
            formerly: Vec::new(),
            kind: StateKind::Succeed(Succeed {}),
        };
        let states = ["start", "end", "a_b", "a__b", "r#loop"].map(state).to_vec();
        let machine = StateMachine { states, ..StateMachine::default() };
        let graph = Graph::new(&Definition { machine, ..Definition::default() });
        let ids: Vec<_> = graph.nodes.iter().map(|node| node.id.as_str()).collect();
        assert_eq!(ids, ["Start", "Start_", "End_", "AB", "AB_", "Loop"]);
    }

    #[test]
    fn labels_fit_on_a_line() {
        assert_eq!(shortened("a\n  b"), "a b");
        let long = shortened(&"state ".repeat(20));
        assert!(long.chars().count() <= LONGEST_LABEL && long.ends_with('…'), "{long}");
    }
}
