//! Nodes.

use std::fmt::{Result, Write};

use super::layout::PlacedNode;
use super::text::{self, CAPTION, LABEL, Line, NOTE, TITLE};
use super::{pale, path};
use crate::picture::graph::NodeKind;

/// Draws a node. `passes` is how often an execution passed it, `mark` the style it has besides that of its kind.
pub(super) fn write_node(svg: &mut String, node: &PlacedNode<'_>, passes: Option<usize>, mark: &str) -> Result {
    let (class, pale) = (node.node.kind.style().class, pale(passes));
    writeln!(svg, r#"<g class="node {class}{pale}{mark}">"#)?;
    if let Some(comment) = &node.node.comment {
        writeln!(svg, "<title>{}</title>", text::escape(comment))?;
    }
    write_outline(svg, node)?;
    let lines = node_lines(node);
    let height: f64 = lines.iter().map(|line| line.font.height).sum();
    let top = match node.frames.as_slice() {
        [] => node.y - height / 2.0,
        _ => node.y - node.height / 2.0 + ABOVE_TEXTS,
    };
    text::write(svg, &lines, node.x, top)?;
    if let Some(passes @ 2..) = passes {
        write_badge(svg, node, &format!("×{passes}"))?;
    }
    writeln!(svg, "</g>")
}

/// The room above the texts of a node that has more below them.
const ABOVE_TEXTS: f64 = 7.0;

/// A number on the upper right corner of a node.
fn write_badge(svg: &mut String, node: &PlacedNode<'_>, number: &str) -> Result {
    let (width, height) = (text::width(number, LABEL) + 10.0, LABEL.height);
    let (x, y) = (node.x + node.width / 2.0 - 6.0, node.y - node.height / 2.0);
    let (left, top, radius) = (x - width / 2.0, y - height / 2.0, height / 2.0);
    writeln!(
        svg,
        r#"<rect class="badge" x="{left:.1}" y="{top:.1}" width="{width:.1}" height="{height:.1}" rx="{radius:.1}"/>"#
    )?;
    text::write(svg, &[Line { text: number, font: LABEL, class: "count" }], x, top)
}

fn write_outline(svg: &mut String, node: &PlacedNode<'_>) -> Result {
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
