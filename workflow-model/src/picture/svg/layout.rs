//! Where everything stands: dagre's layered layout.

use dagre::graph::{Graph as DagreGraph, GraphOptions};
use dagre::layout::types::LabelPos;
use dagre::{EdgeLabel, GraphLabel, LayoutOptions, NodeLabel};

use super::frame::{self, PlacedFrame};
use super::path::{self, Point};
use super::text::{self, CAPTION, LABEL, NOTE, TITLE};
use crate::picture::graph::{Edge, Graph, Node, NodeKind};

/// A graph with positions.
pub(super) struct Layout<'a> {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) nodes: Vec<PlacedNode<'a>>,
    pub(super) edges: Vec<PlacedEdge<'a>>,
}

/// A node, its middle and its size, and what is inside of it.
pub(super) struct PlacedNode<'a> {
    pub(super) node: &'a Node,
    pub(super) frames: Vec<PlacedFrame<'a>>,
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// An edge, the points that its line leads by, and where its label stands.
pub(super) struct PlacedEdge<'a> {
    pub(super) edge: &'a Edge,
    pub(super) points: Vec<Point>,
    pub(super) label: Option<PlacedLabel>,
}

/// The middle and the size of a label.
pub(super) struct PlacedLabel {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// The room around the picture.
const MARGIN: f64 = 20.0;

impl<'a> Layout<'a> {
    /// Lays a graph out.
    pub(super) fn new(graph: &'a Graph) -> Self {
        Layout::with_margin(graph, MARGIN)
    }

    /// The same, with so much room around it.
    pub(super) fn with_margin(graph: &'a Graph, margin: f64) -> Self {
        let mut frames = Vec::new();
        let mut dagre = DagreGraph::with_options(GraphOptions { directed: true, multigraph: true, compound: false });
        for node in &graph.nodes {
            let mut size = texts_size(node);
            frames.push(frame::place(node, &mut size));
            let (width, height) = size;
            dagre.set_node(node.id.as_str(), Some(NodeLabel { width, height, ..NodeLabel::default() }));
        }
        for (name, edge) in graph.edges.iter().enumerate() {
            let [from, to] = ends(graph, edge);
            dagre.set_edge(from, to, Some(edge_label(edge)), Some(&name.to_string()));
        }
        let options = LayoutOptions { nodesep: 36.0, edgesep: 28.0, ranksep: 44.0, ..LayoutOptions::default() };
        dagre::layout(&mut dagre, Some(options));
        let size = dagre.graph_label::<GraphLabel>().map_or((0.0, 0.0), |label| (label.width, label.height));
        let nodes = graph.nodes.iter().zip(frames).map(|(node, frames)| place_node(&dagre, node, frames, margin));
        let nodes: Vec<_> = nodes.collect();
        let edges = graph.edges.iter().enumerate();
        let edges = edges.map(|(name, edge)| place_edge(&dagre, ends(graph, edge), &nodes, name, edge, margin));
        Layout { width: size.0 + 2.0 * margin, height: size.1 + 2.0 * margin, edges: edges.collect(), nodes }
    }
}

/// The ids of the nodes that an edge joins.
fn ends<'a>(graph: &'a Graph, edge: &Edge) -> [&'a str; 2] {
    [edge.from, edge.to].map(|index| graph.nodes[index].id.as_str())
}

/// The size of a node's texts, and of the room around them.
fn texts_size(node: &Node) -> (f64, f64) {
    if node.title.is_empty() {
        return (MARK, MARK);
    }
    let notes = node.notes.iter().map(|note| text::width(note, NOTE));
    let width = notes.fold(text::width(&node.title, TITLE), f64::max);
    let notes_height: f64 = node.notes.iter().map(|_| NOTE.height).sum();
    let height = CAPTION.height + TITLE.height + notes_height;
    let sides = match node.kind {
        NodeKind::Choice => 2.0 * path::CHOICE_CORNER + 12.0,
        NodeKind::Succeed | NodeKind::Fail => 48.0,
        NodeKind::Nested => 40.0,
        _ => 28.0,
    };
    (width + sides, height + 14.0)
}

/// The diameter of the marks for the start and the end.
const MARK: f64 = 18.0;

fn edge_label(edge: &Edge) -> EdgeLabel {
    let widths = edge.labels.iter().map(|label| text::width(label, LABEL) + 8.0);
    let height: f64 = edge.labels.iter().map(|_| LABEL.height).sum();
    EdgeLabel { width: widths.fold(0.0, f64::max), height, labelpos: LabelPos::Center, ..EdgeLabel::default() }
}

fn place_node<'a>(
    dagre: &DagreGraph<NodeLabel, EdgeLabel>,
    node: &'a Node,
    frames: Vec<PlacedFrame<'a>>,
    margin: f64,
) -> PlacedNode<'a> {
    let placed = dagre.node(&node.id).expect("the layout has every node of the graph it was made of");
    let (x, y) = (placed.x.unwrap_or_default() + margin, placed.y.unwrap_or_default() + margin);
    PlacedNode { node, frames, x, y, width: placed.width, height: placed.height }
}

fn place_edge<'a>(
    dagre: &DagreGraph<NodeLabel, EdgeLabel>,
    [from, to]: [&str; 2],
    nodes: &[PlacedNode<'_>],
    name: usize,
    edge: &'a Edge,
    margin: f64,
) -> PlacedEdge<'a> {
    let placed = dagre.edge(from, to, Some(&name.to_string())).expect("the layout has every edge of its graph");
    let mut points: Vec<Point> = placed.points.iter().map(|point| (point.x + margin, point.y + margin)).collect();
    if let [first, second, .., before, last] = points.as_mut_slice() {
        *first = path::meet(&nodes[edge.from], *second);
        *last = path::meet(&nodes[edge.to], *before);
    } else if let [first, middle, last] = points.as_mut_slice() {
        *first = path::meet(&nodes[edge.from], *middle);
        *last = path::meet(&nodes[edge.to], *middle);
    }
    let label = (!edge.labels.is_empty()).then(|| PlacedLabel {
        x: placed.x.unwrap_or_default() + margin,
        y: placed.y.unwrap_or_default() + margin,
        width: placed.width,
        height: placed.height,
    });
    PlacedEdge { edge, points, label }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::graph::EdgeKind;

    /// Left, top, right, bottom.
    type Frame = [f64; 4];

    fn frame(x: f64, y: f64, width: f64, height: f64) -> Frame {
        [x - width / 2.0, y - height / 2.0, x + width / 2.0, y + height / 2.0]
    }

    fn overlap(a: Frame, b: Frame) -> bool {
        a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
    }

    /// A loop, a loop on one node, two edges between the same nodes, and edges past other nodes, all with labels.
    fn tangle() -> Graph {
        let node = |id: usize| Node {
            id: format!("N{id}"),
            kind: if id == 2 { NodeKind::Choice } else { NodeKind::Task },
            title: "a_state".repeat(id + 1),
            comment: None,
            notes: vec!["timeout 10s".to_owned(); id],
            frames: Vec::new(),
        };
        let edge =
            |(from, to): (usize, usize), kind| Edge { from, to, kind, labels: vec!["a label".repeat(from + 1); 2] };
        let nexts = [(0, 1), (1, 2), (2, 0), (2, 2), (2, 3), (3, 1)].map(|ends| edge(ends, EdgeKind::Next));
        let catches = [(0, 3), (1, 3), (1, 2)].map(|ends| edge(ends, EdgeKind::Catch));
        Graph { nodes: (0..4).map(node).collect(), edges: nexts.into_iter().chain(catches).collect() }
    }

    #[test]
    fn nothing_overlaps_and_all_is_on_the_page() {
        let graph = tangle();
        let layout = Layout::new(&graph);
        let nodes = layout.nodes.iter().map(|node| frame(node.x, node.y, node.width, node.height));
        let labels = layout.edges.iter().filter_map(|edge| edge.label.as_ref());
        let labels = labels.map(|label| frame(label.x, label.y, label.width, label.height));
        let frames: Vec<Frame> = nodes.chain(labels).collect();
        assert_eq!(frames.len(), 4 + 9);
        for (position, &one) in frames.iter().enumerate() {
            assert!(one[0] >= 0.0 && one[1] >= 0.0 && one[2] <= layout.width && one[3] <= layout.height, "{one:?}");
            for &other in &frames[position + 1..] {
                assert!(!overlap(one, other), "{one:?} and {other:?}");
            }
        }
    }

    #[test]
    fn lines_end_at_the_nodes_they_join() {
        let graph = tangle();
        let layout = Layout::new(&graph);
        for edge in &layout.edges {
            let ends = [(edge.edge.from, edge.points.first()), (edge.edge.to, edge.points.last())];
            for (node, point) in ends {
                let (node, &(x, y)) = (&layout.nodes[node], point.expect("an edge has points"));
                let [left, top, right, bottom] = frame(node.x, node.y, node.width + 0.1, node.height + 0.1);
                assert!((left..=right).contains(&x) && (top..=bottom).contains(&y), "{}: {x} {y}", node.node.id);
            }
        }
    }

    #[test]
    fn the_same_graph_is_laid_out_the_same() {
        let graph = tangle();
        let points = |layout: Layout<'_>| layout.edges.into_iter().map(|edge| edge.points).collect::<Vec<_>>();
        assert_eq!(points(Layout::new(&graph)), points(Layout::new(&graph)));
    }
}
