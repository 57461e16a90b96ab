//! Frames: the workflows that are drawn inside of a state, side by side below its texts.

use std::fmt::{Result, Write};

use super::layout::{Layout, PlacedNode};
use super::text::{self, Line, NOTE};
use super::{pale, write_layout};
use crate::picture::graph::{Frame, Node};
use crate::picture::trace::Passes;

/// A frame, its upper left corner as seen from that of its node, and its size.
pub(super) struct PlacedFrame<'a> {
    frame: &'a Frame,
    left: f64,
    top: f64,
    width: f64,
    height: f64,
    layout: Layout<'a>,
}

/// The room around a frame.
const GAP: f64 = 12.0;
/// The room around what is in a frame.
const MARGIN: f64 = 12.0;
/// The room above the title of a frame.
const ABOVE: f64 = 4.0;

/// Lays out the frames of a node whose texts have this size. The size is then that of the node.
pub(super) fn place<'a>(node: &'a Node, (width, height): &mut (f64, f64)) -> Vec<PlacedFrame<'a>> {
    if node.frames.is_empty() {
        return Vec::new();
    }
    let layouts: Vec<_> = node.frames.iter().map(|frame| (frame, Layout::with_margin(&frame.graph, MARGIN))).collect();
    let head = ABOVE + NOTE.height;
    let highest = layouts.iter().map(|(_, layout)| layout.height).fold(0.0, f64::max);
    let mut left = GAP;
    let placed = layouts.into_iter().map(|(frame, layout)| {
        let width = layout.width.max(text::width(&frame.title, NOTE) + 2.0 * MARGIN);
        let placed = PlacedFrame { frame, left, top: *height, width, height: highest + head, layout };
        left += width + GAP;
        placed
    });
    let mut placed: Vec<_> = placed.collect();
    // Where the texts are wider than the frames, these stand in the middle.
    let spare = (*width - left).max(0.0);
    placed.iter_mut().for_each(|frame| frame.left += spare / 2.0);
    (*width, *height) = (width.max(left), *height + highest + head + GAP);
    placed
}

/// Draws what is inside of a node, over it.
pub(super) fn write_frames(svg: &mut String, node: &PlacedNode<'_>, passes: Option<(usize, &[Passes])>) -> Result {
    let (left, top) = (node.x - node.width / 2.0, node.y - node.height / 2.0);
    for (index, placed) in node.frames.iter().enumerate() {
        let PlacedFrame { frame, width, height, layout, .. } = placed;
        // What is inside of a pale frame is pale with it.
        let inside = passes.filter(|(node, _)| *node > 0).and_then(|(_, frames)| frames.get(index));
        let pale = pale(passes.map(|(node, _)| node));
        let (x, y) = (left + placed.left, top + placed.top);
        writeln!(svg, r#"<g class="frame{pale}" transform="translate({x:.1} {y:.1})">"#)?;
        writeln!(svg, r#"<rect width="{width:.1}" height="{height:.1}" rx="4"/>"#)?;
        text::write(svg, &[Line { text: &frame.title, font: NOTE, class: "note" }], width / 2.0, ABOVE)?;
        let (x, y) = ((width - layout.width) / 2.0, ABOVE + NOTE.height);
        writeln!(svg, r#"<g transform="translate({x:.1} {y:.1})">"#)?;
        write_layout(svg, layout, inside)?;
        writeln!(svg, "</g>\n</g>")?;
    }
    Ok(())
}
