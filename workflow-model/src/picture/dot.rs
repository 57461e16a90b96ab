//! DOT: text for Graphviz.

use std::fmt::Write;

use super::graph::{Edge, EdgeKind, Graph, Node, NodeKind};
use super::style::{Colours, Style, TEXT};
use crate::definition::Definition;

/// The workflow as a Graphviz digraph.
///
/// Errors that a catcher takes are dashed lines.
pub fn dot(definition: &Definition) -> String {
    let graph = Graph::new(definition);
    let mut text = format!("digraph {} {{\n", quote(&definition.machine.name));
    push_line(
        &mut text,
        1,
        r#"graph [rankdir=TB, nodesep=0.5, ranksep=0.5, compound=true, fontname="Helvetica", fontsize=12];"#,
    );
    push_line(
        &mut text,
        1,
        &format!(r#"node [fontname="Helvetica", fontsize=12, fontcolor="{TEXT}", style="filled,rounded"];"#),
    );
    push_line(&mut text, 1, r##"edge [fontname="Helvetica", fontsize=10, color="#64748b", fontcolor="#475569"];"##);
    push_nodes(&mut text, &graph, 1);
    for (edge, ends) in graph.all_edges() {
        push_line(&mut text, 1, &edge_line(edge, ends));
    }
    text.push_str("}\n");
    text
}

fn push_nodes(text: &mut String, graph: &Graph, depth: usize) {
    for node in &graph.nodes {
        if node.frames.is_empty() {
            push_line(text, depth, &node_line(node));
            continue;
        }
        let Style { light: Colours { fill, stroke }, .. } = node.kind.style();
        let tooltip = tooltip(node);
        push_line(text, depth, &format!("subgraph cluster_{} {{", node.id));
        let style = format!(r#"style="filled,rounded", fillcolor="{fill}", color="{stroke}", fontcolor="{TEXT}""#);
        push_line(text, depth + 1, &format!("graph [label={}, {style}{tooltip}];", label(node)));
        for frame in &node.frames {
            push_line(text, depth + 1, &format!("subgraph cluster_{} {{", frame.id));
            let label = quote(&frame.title);
            let style = r##"fillcolor="#ffffff", color="#94a3b8", tooltip="""##;
            push_line(text, depth + 2, &format!("graph [label={label}, {style}];"));
            push_nodes(text, &frame.graph, depth + 2);
            push_line(text, depth + 1, "}");
        }
        push_line(text, depth, "}");
    }
}

fn push_line(text: &mut String, depth: usize, line: &str) {
    writeln!(text, "{}{line}", "    ".repeat(depth)).expect("writing to a string succeeds");
}

fn node_line(node: &Node) -> String {
    let Style { light: Colours { fill, stroke }, .. } = node.kind.style();
    let (label, tooltip) = (label(node), tooltip(node));
    format!(r#"{} [label={label}, {}, fillcolor="{fill}", color="{stroke}"{tooltip}];"#, node.id, shape(node.kind))
}

fn label(node: &Node) -> String {
    let lines: Vec<_> = [&node.title].into_iter().chain(&node.notes).map(String::as_str).collect();
    quote(&lines.join("\n"))
}

fn tooltip(node: &Node) -> String {
    node.comment.as_ref().map(|comment| format!(", tooltip={}", quote(comment))).unwrap_or_default()
}

fn edge_line(edge: &Edge, [from, to]: [&Node; 2]) -> String {
    let mut attributes = Vec::new();
    if !edge.labels.is_empty() {
        attributes.push(format!("label={}", quote(&edge.labels.join("\n"))));
    }
    if edge.kind == EdgeKind::Catch {
        let stroke = NodeKind::Fail.style().light.stroke;
        attributes.push(format!(r#"style=dashed, color="{stroke}", fontcolor="{stroke}""#));
    }
    // Graphviz joins nodes only: an edge of a frame is one of a node in it that is cut off at the frame.
    for (attribute, node) in [("ltail", from), ("lhead", to)] {
        if !node.frames.is_empty() {
            attributes.push(format!("{attribute}=cluster_{}", node.id));
        }
    }
    let attributes = if attributes.is_empty() { String::new() } else { format!(" [{}]", attributes.join(", ")) };
    format!("{} -> {}{attributes};", last(from).id, first(to).id)
}

/// The node itself, or the one at the top of what is inside of it.
fn first(node: &Node) -> &Node {
    node.frames.first().and_then(|frame| frame.graph.nodes.first()).map_or(node, first)
}

/// The node itself, or the one at the bottom of what is inside of it.
fn last(node: &Node) -> &Node {
    node.frames.last().and_then(|frame| frame.graph.nodes.last()).map_or(node, last)
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
