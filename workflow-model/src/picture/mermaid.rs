//! Mermaid: text that GitHub and many wikis draw.

use std::fmt::Write;

use super::graph::{Edge, EdgeKind, Graph, Node, NodeKind};
use super::style::{Colours, KINDS, Style, TEXT};
use crate::machine::StateMachine;

/// The workflow as a Mermaid flowchart.
///
/// Errors that a catcher takes are dotted lines. The colours suit light and dark pages.
pub fn mermaid(machine: &StateMachine) -> String {
    let graph = Graph::new(machine);
    let mut text = String::from("flowchart TD\n");
    for node in &graph.nodes {
        push_line(&mut text, &node_line(node));
    }
    for edge in &graph.edges {
        push_line(&mut text, &edge_line(&graph, edge));
    }
    for kind in KINDS {
        let ids: Vec<_> = graph.nodes.iter().filter(|node| node.kind == kind).map(|node| node.id.as_str()).collect();
        if !ids.is_empty() {
            let Style { class, light: Colours { fill, stroke }, .. } = kind.style();
            push_line(&mut text, &format!("classDef {class}State fill:{fill},stroke:{stroke},color:{TEXT}"));
            push_line(&mut text, &format!("class {} {class}State", ids.join(",")));
        }
    }
    let caught = graph.edges.iter().enumerate().filter(|(_, edge)| edge.kind == EdgeKind::Catch);
    let caught: Vec<_> = caught.map(|(position, _)| position.to_string()).collect();
    if !caught.is_empty() {
        let stroke = NodeKind::Fail.style().light.stroke;
        push_line(&mut text, &format!("linkStyle {} stroke:{stroke}", caught.join(",")));
    }
    text
}

fn push_line(text: &mut String, line: &str) {
    writeln!(text, "    {line}").expect("writing to a string succeeds");
}

fn node_line(node: &Node) -> String {
    let (open, close) = brackets(node.kind);
    let title = if node.title.is_empty() { " ".to_owned() } else { escape(&node.title) };
    let notes: String = node.notes.iter().map(|note| format!("<br/>{}", escape(note))).collect();
    format!("{}{open}\"{title}{notes}\"{close}", node.id)
}

fn edge_line(graph: &Graph, edge: &Edge) -> String {
    let arrow = match edge.kind {
        EdgeKind::Next => "-->",
        EdgeKind::Catch => "-.->",
    };
    let lines: Vec<_> = edge.labels.iter().map(|label| escape(label)).collect();
    let label = if lines.is_empty() { String::new() } else { format!("|\"{}\"|", lines.join("<br/>")) };
    format!("{} {arrow}{label} {}", graph.nodes[edge.from].id, graph.nodes[edge.to].id)
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
