//! Mermaid: text that GitHub and many wikis draw.

use std::fmt::Write;

use super::graph::{Edge, EdgeKind, Graph, Node, NodeKind};
use super::style::{Colours, KINDS, Style, TEXT};
use crate::definition::Definition;

/// The workflow as a Mermaid flowchart.
///
/// Errors that a catcher takes are dotted lines. The colours suit light and dark pages.
pub fn mermaid(definition: &Definition) -> String {
    let graph = Graph::new(definition);
    let (nodes, edges) = (graph.all_nodes(), graph.all_edges());
    let mut text = String::from("flowchart TD\n");
    push_nodes(&mut text, &graph, 1);
    for (edge, ends) in &edges {
        push_line(&mut text, 1, &edge_line(edge, *ends));
    }
    for kind in KINDS {
        let Style { class, light: Colours { fill, stroke }, .. } = kind.style();
        let colours = format!("fill:{fill},stroke:{stroke},color:{TEXT}");
        push_class(&mut text, &format!("{class}State"), &colours, &ids(&nodes, kind, false));
        // What has nodes inside of it leaves the page visible behind their lines.
        push_class(
            &mut text,
            &format!("{class}Frame"),
            &format!("fill:none,stroke:{stroke}"),
            &ids(&nodes, kind, true),
        );
    }
    let frames: Vec<_> = nodes.iter().flat_map(|node| &node.frames).map(|frame| frame.id.as_str()).collect();
    push_class(&mut text, "branch", &format!("fill:none,stroke:{BRANCH},stroke-dasharray:4 3"), &frames);
    let caught = edges.iter().enumerate().filter(|(_, (edge, _))| edge.kind == EdgeKind::Catch);
    let caught: Vec<_> = caught.map(|(position, _)| position.to_string()).collect();
    if !caught.is_empty() {
        let stroke = NodeKind::Fail.style().light.stroke;
        push_line(&mut text, 1, &format!("linkStyle {} stroke:{stroke}", caught.join(",")));
    }
    text
}

/// The line around a workflow inside of a state.
const BRANCH: &str = "#94a3b8";

/// The nodes of a kind, either those with others inside of them or those without.
fn ids<'a>(nodes: &[&'a Node], kind: NodeKind, with_frames: bool) -> Vec<&'a str> {
    let nodes = nodes.iter().filter(|node| node.kind == kind && node.frames.is_empty() != with_frames);
    nodes.map(|node| node.id.as_str()).collect()
}

fn push_class(text: &mut String, class: &str, style: &str, ids: &[&str]) {
    if !ids.is_empty() {
        push_line(text, 1, &format!("classDef {class} {style}"));
        push_line(text, 1, &format!("class {} {class}", ids.join(",")));
    }
}

fn push_nodes(text: &mut String, graph: &Graph, depth: usize) {
    for node in &graph.nodes {
        if node.frames.is_empty() {
            push_line(text, depth, &node_line(node));
            continue;
        }
        push_line(text, depth, &format!("subgraph {}[\"{}\"]", node.id, label(node)));
        for frame in &node.frames {
            push_line(text, depth + 1, &format!("subgraph {}[\"{}\"]", frame.id, escape(&frame.title)));
            push_nodes(text, &frame.graph, depth + 2);
            push_line(text, depth + 1, "end");
        }
        push_line(text, depth, "end");
    }
}

fn push_line(text: &mut String, depth: usize, line: &str) {
    writeln!(text, "{}{line}", "    ".repeat(depth)).expect("writing to a string succeeds");
}

fn node_line(node: &Node) -> String {
    let (open, close) = brackets(node.kind);
    format!("{}{open}\"{}\"{close}", node.id, label(node))
}

/// The text in a node.
fn label(node: &Node) -> String {
    let title = if node.title.is_empty() { " ".to_owned() } else { escape(&node.title) };
    let notes: String = node.notes.iter().map(|note| format!("<br/>{}", escape(note))).collect();
    title + &notes
}

fn edge_line(edge: &Edge, [from, to]: [&Node; 2]) -> String {
    let arrow = match edge.kind {
        EdgeKind::Next => "-->",
        EdgeKind::Catch => "-.->",
    };
    let lines: Vec<_> = edge.labels.iter().map(|label| escape(label)).collect();
    let label = if lines.is_empty() { String::new() } else { format!("|\"{}\"|", lines.join("<br/>")) };
    format!("{} {arrow}{label} {}", from.id, to.id)
}

/// What stands around the text of a node, and so its shape.
fn brackets(kind: NodeKind) -> (&'static str, &'static str) {
    match kind {
        NodeKind::Start => ("((", "))"),
        NodeKind::End => ("(((", ")))"),
        NodeKind::Task | NodeKind::Poll => ("[", "]"),
        NodeKind::Nested => ("[[", "]]"),
        NodeKind::Parallel | NodeKind::Map => ("[[", "]]"),
        NodeKind::Choice => ("{", "}"),
        NodeKind::Wait => ("(", ")"),
        NodeKind::Pass => ("[/", "/]"),
        NodeKind::Succeed | NodeKind::Fail => ("([", "])"),
    }
}

/// The text with the characters that Mermaid or HTML would read, as entities.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '#' => escaped.push_str("#35;"),
            '"' => escaped.push_str("#quot;"),
            '<' => escaped.push_str("#lt;"),
            '>' => escaped.push_str("#gt;"),
            '&' => escaped.push_str("#amp;"),
            '`' => escaped.push_str("#96;"),
            other => escaped.push(other),
        }
    }
    escaped
}
