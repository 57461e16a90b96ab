//! DOT: text for Graphviz.

use std::fmt::Write;

use super::graph::{Edge, EdgeKind, Graph, Node, NodeKind};
use super::style::{Colours, Style, TEXT};
use crate::machine::StateMachine;

/// The workflow as a Graphviz digraph.
///
/// Errors that a catcher takes are dashed lines.
pub fn dot(machine: &StateMachine) -> String {
    let graph = Graph::new(machine);
    let mut text = format!("digraph {} {{\n", quote(&machine.name));
    push_line(&mut text, r#"graph [rankdir=TB, nodesep=0.5, ranksep=0.5]"#);
    push_line(
        &mut text,
        &format!(r#"node [fontname="Helvetica", fontsize=12, fontcolor="{TEXT}", style="filled,rounded"]"#),
    );
    push_line(&mut text, r##"edge [fontname="Helvetica", fontsize=10, color="#64748b", fontcolor="#475569"]"##);
    for node in &graph.nodes {
        push_line(&mut text, &node_line(node));
    }
    for edge in &graph.edges {
        push_line(&mut text, &edge_line(&graph, edge));
    }
    text.push_str("}\n");
    text
}

fn push_line(text: &mut String, line: &str) {
    writeln!(text, "    {line};").expect("writing to a string succeeds");
}

fn node_line(node: &Node) -> String {
    let Style { light: Colours { fill, stroke }, .. } = node.kind.style();
    let lines: Vec<_> = [&node.title].into_iter().chain(&node.notes).map(String::as_str).collect();
    let label = quote(&lines.join("\n"));
    let tooltip = node.comment.as_ref().map(|comment| format!(", tooltip={}", quote(comment))).unwrap_or_default();
    format!(r#"{} [label={label}, {}, fillcolor="{fill}", color="{stroke}"{tooltip}]"#, node.id, shape(node.kind))
}

fn edge_line(graph: &Graph, edge: &Edge) -> String {
    let mut attributes = Vec::new();
    if !edge.labels.is_empty() {
        attributes.push(format!("label={}", quote(&edge.labels.join("\n"))));
    }
    if edge.kind == EdgeKind::Catch {
        let stroke = NodeKind::Fail.style().light.stroke;
        attributes.push(format!(r#"style=dashed, color="{stroke}", fontcolor="{stroke}""#));
    }
    let attributes = if attributes.is_empty() { String::new() } else { format!(" [{}]", attributes.join(", ")) };
    format!("{} -> {}{attributes}", graph.nodes[edge.from].id, graph.nodes[edge.to].id)
}

/// The attributes that give a node its shape.
fn shape(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Start => "shape=circle, width=0.2, style=filled",
        NodeKind::End => "shape=doublecircle, width=0.15, style=filled",
        NodeKind::Task | NodeKind::Poll | NodeKind::Wait => "shape=box",
        NodeKind::Nested | NodeKind::Parallel | NodeKind::Map => "shape=box, peripheries=2",
        NodeKind::Choice => "shape=diamond, style=filled",
        NodeKind::Pass => "shape=parallelogram, style=filled",
        NodeKind::Succeed | NodeKind::Fail => "shape=ellipse, style=filled",
    }
}

/// A quoted string; a line break is `\n`.
fn quote(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}
