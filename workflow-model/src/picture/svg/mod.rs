//! SVG: a finished picture.
//!
//! The layout is dagre's: layers from top to bottom, with room for the labels of edges. The drawing is our own. It brings
//! colours for light and for dark pages, and asks for no font that a reader might not have: all texts are of fixed width, so
//! that they fit their boxes in every such font.

mod layout;
mod path;
mod sheet;
mod text;

use std::fmt::Write;

use self::layout::{Layout, PlacedEdge, PlacedNode};
use self::text::{CAPTION, LABEL, Line, NOTE, TITLE};
use super::graph::{EdgeKind, Graph, NodeKind};
use crate::machine::StateMachine;

/// The workflow as an SVG picture.
///
/// Errors that a catcher takes are dashed lines. The picture follows the reader's preference for light or dark.
pub fn svg(machine: &StateMachine) -> String {
    let graph = Graph::new(machine);
    let layout = Layout::new(&graph);
    let mut svg = String::new();
    write_svg(&mut svg, machine, &layout).expect("writing to a string succeeds");
    svg
}

fn write_svg(svg: &mut String, machine: &StateMachine, layout: &Layout<'_>) -> std::fmt::Result {
    let (width, height) = (layout.width.ceil(), layout.height.ceil());
    writeln!(
        svg,
        r#"<svg xmlns="http://www.w3.org/2000/svg" class="workflow" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img">"#
    )?;
    writeln!(svg, "<title>{}</title>", text::escape(&machine.name))?;
    if let Some(comment) = &machine.comment {
        writeln!(svg, "<desc>{}</desc>", text::escape(comment))?;
    }
    sheet::write(svg)?;
    writeln!(svg, r#"<rect class="page" width="{width}" height="{height}" rx="8"/>"#)?;
    layout.edges.iter().try_for_each(|edge| write_edge(svg, edge))?;
    layout.edges.iter().try_for_each(|edge| write_label(svg, edge))?;
    layout.nodes.iter().try_for_each(|node| write_node(svg, node))?;
    writeln!(svg, "</svg>")
}

fn write_edge(svg: &mut String, edge: &PlacedEdge<'_>) -> std::fmt::Result {
    let class = edge_class(edge.edge.kind);
    let path = path::smooth(&edge.points);
    writeln!(svg, r#"<path class="edge {class}" d="{path}" marker-end="url(#workflow-{class})"/>"#)
}

/// The style of an edge, and of its arrowhead.
fn edge_class(kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::Next => "next",
        EdgeKind::Catch => "catch",
    }
}

/// The label of an edge, on the colour of the page, so that no line crosses it.
fn write_label(svg: &mut String, edge: &PlacedEdge<'_>) -> std::fmt::Result {
    let Some(label) = &edge.label else { return Ok(()) };
    let (left, top) = (label.x - label.width / 2.0, label.y - label.height / 2.0);
    let (width, height) = (label.width, label.height);
    writeln!(svg, r#"<rect class="page" x="{left:.1}" y="{top:.1}" width="{width:.1}" height="{height:.1}" rx="3"/>"#)?;
    let class = edge_class(edge.edge.kind);
    let lines: Vec<_> = edge.edge.labels.iter().map(|text| Line { text, font: LABEL, class }).collect();
    text::write(svg, &lines, label.x, top)
}

fn write_node(svg: &mut String, node: &PlacedNode<'_>) -> std::fmt::Result {
    let class = node.node.kind.style().class;
    writeln!(svg, r#"<g class="node {class}">"#)?;
    if let Some(comment) = &node.node.comment {
        writeln!(svg, "<title>{}</title>", text::escape(comment))?;
    }
    write_outline(svg, node)?;
    let lines = node_lines(node);
    let height: f64 = lines.iter().map(|line| line.font.height).sum();
    text::write(svg, &lines, node.x, node.y - height / 2.0)?;
    writeln!(svg, "</g>")
}

fn write_outline(svg: &mut String, node: &PlacedNode<'_>) -> std::fmt::Result {
    let PlacedNode { x, y, width, height, .. } = *node;
    let (left, top) = (x - width / 2.0, y - height / 2.0);
    match node.node.kind {
        NodeKind::Start => writeln!(svg, r#"<circle cx="{x:.1}" cy="{y:.1}" r="{:.1}"/>"#, width / 2.0),
        NodeKind::End => {
            writeln!(svg, r#"<circle class="ring" cx="{x:.1}" cy="{y:.1}" r="{:.1}"/>"#, width / 2.0)?;
            writeln!(svg, r#"<circle cx="{x:.1}" cy="{y:.1}" r="{:.1}"/>"#, width / 2.0 - 4.0)
        }
        NodeKind::Choice => {
            let points: Vec<_> = path::outline(node).iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
            writeln!(svg, r#"<polygon points="{}"/>"#, points.join(" "))
        }
        kind => {
            let radius = path::corner(kind, height);
            writeln!(
                svg,
                r#"<rect x="{left:.1}" y="{top:.1}" width="{width:.1}" height="{height:.1}" rx="{radius:.1}"/>"#
            )?;
            if kind == NodeKind::Nested {
                for x in [left + 6.0, left + width - 6.0] {
                    writeln!(svg, r#"<line x1="{x:.1}" y1="{top:.1}" x2="{x:.1}" y2="{:.1}"/>"#, top + height)?;
                }
            }
            Ok(())
        }
    }
}

/// What stands in a node: its kind in small letters, its name, its notes.
fn node_lines<'a>(node: &PlacedNode<'a>) -> Vec<Line<'a>> {
    let node = node.node;
    if node.title.is_empty() {
        return Vec::new();
    }
    let caption = Line { text: node.kind.style().class, font: CAPTION, class: "caption" };
    let title = Line { text: &node.title, font: TITLE, class: "title" };
    let notes = node.notes.iter().map(|text| Line { text, font: NOTE, class: "note" });
    [caption, title].into_iter().chain(notes).collect()
}
