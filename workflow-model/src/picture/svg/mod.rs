//! SVG: a finished picture.
//!
//! The layout is dagre's: layers from top to bottom, with room for the labels of edges. The drawing is our own. It brings
//! colours for light and for dark pages, and asks for no font that a reader might not have: all texts are of fixed width, so
//! that they fit their boxes in every such font.

mod frame;
mod layout;
mod node;
mod path;
mod sheet;
mod text;

use std::fmt::Write;

use self::layout::{Layout, PlacedEdge};
use self::text::{LABEL, Line};
use super::graph::{EdgeKind, Graph};
use super::trace::{Passes, Status, Trace};
use crate::definition::Definition;
use crate::machine::StateMachine;

/// The workflow as an SVG picture.
///
/// Errors that a catcher takes are dashed lines. The picture follows the reader's preference for light or dark.
pub fn svg(definition: &Definition) -> String {
    draw(&definition.machine, &Graph::new(definition), None)
}

/// The workflow as an SVG picture, with the way that an execution took.
///
/// What it did not pass is pale, what it passed more than once has the number, and the state in which it is or ended has a
/// thick border, which is red where it failed. Where the items of a map go on at the same time, an edge was passed if both states were that
/// it joins.
pub fn svg_of_execution(definition: &Definition, trace: &Trace) -> String {
    let graph = Graph::new(definition);
    let passes = Passes::new(&graph, definition, trace);
    draw(&definition.machine, &graph, Some(&passes))
}

fn draw(machine: &StateMachine, graph: &Graph, passes: Option<&Passes>) -> String {
    let mut svg = String::new();
    write_svg(&mut svg, machine, &Layout::new(graph), passes).expect("writing to a string succeeds");
    svg
}

fn write_svg(
    svg: &mut String,
    machine: &StateMachine,
    layout: &Layout<'_>,
    passes: Option<&Passes>,
) -> std::fmt::Result {
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
    write_layout(svg, layout, passes)?;
    writeln!(svg, "</svg>")
}

/// Draws the edges, and the nodes with what is inside of them.
fn write_layout(svg: &mut String, layout: &Layout<'_>, passes: Option<&Passes>) -> std::fmt::Result {
    for (index, edge) in layout.edges.iter().enumerate() {
        write_edge(svg, edge, passes.map(|passes| passes.edges[index]))?;
    }
    for (index, edge) in layout.edges.iter().enumerate() {
        write_label(svg, edge, passes.map(|passes| passes.edges[index]))?;
    }
    for (index, node) in layout.nodes.iter().enumerate() {
        node::write_node(svg, node, passes.map(|passes| passes.nodes[index]), mark(passes, index))?;
        frame::write_frames(svg, node, passes.map(|passes| (passes.nodes[index], &*passes.frames[index])))?;
    }
    Ok(())
}

/// The style that the last state of an execution has besides its own.
fn mark(passes: Option<&Passes>, node: usize) -> &'static str {
    match passes {
        Some(Passes { last: Some(last), status, .. }) if *last == node => match status {
            Status::Running | Status::Succeeded => " last",
            Status::Failed => " last failed",
        },
        _ => "",
    }
}

/// The style of what an execution did not pass.
fn pale(passes: Option<usize>) -> &'static str {
    if passes == Some(0) { " pale" } else { "" }
}

fn write_edge(svg: &mut String, edge: &PlacedEdge<'_>, passes: Option<usize>) -> std::fmt::Result {
    let (class, pale) = (edge_class(edge.edge.kind), pale(passes));
    let path = path::smooth(&edge.points);
    writeln!(svg, r#"<path class="edge {class}{pale}" d="{path}" marker-end="url(#workflow-{class})"/>"#)
}

/// The style of an edge, and of its arrowhead.
fn edge_class(kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::Next => "next",
        EdgeKind::Catch => "catch",
    }
}

/// The label of an edge, on the colour of the page, so that no line crosses it.
fn write_label(svg: &mut String, edge: &PlacedEdge<'_>, passes: Option<usize>) -> std::fmt::Result {
    let Some(label) = &edge.label else { return Ok(()) };
    let (left, top) = (label.x - label.width / 2.0, label.y - label.height / 2.0);
    let (width, height) = (label.width, label.height);
    writeln!(svg, r#"<rect class="page" x="{left:.1}" y="{top:.1}" width="{width:.1}" height="{height:.1}" rx="3"/>"#)?;
    let class = [edge_class(edge.edge.kind), pale(passes)].concat();
    let lines: Vec<_> = edge.edge.labels.iter().map(|text| Line { text, font: LABEL, class: &class }).collect();
    text::write(svg, &lines, label.x, top)
}
