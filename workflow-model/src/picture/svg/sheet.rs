//! The style sheet and the arrowheads.

use std::fmt::{Result, Write};

use crate::picture::style::{Colours, KINDS, TEXT};

/// Writes what the drawing refers to.
pub(super) fn write(svg: &mut String) -> Result {
    svg.write_str("<style>\n")?;
    svg.write_str(SHAPES)?;
    write_colours(svg, &LIGHT)?;
    svg.write_str("@media (prefers-color-scheme: dark) {\n")?;
    write_colours(svg, &DARK)?;
    svg.write_str("}\n</style>\n<defs>\n")?;
    for class in ["next", "catch"] {
        writeln!(
            svg,
            r#"<marker id="workflow-{class}" class="{class}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 1 9.5 5 0 9z"/></marker>"#
        )?;
    }
    writeln!(svg, "</defs>")
}

/// What does not change with the page. All is below `.workflow`, as a page may show other things than this picture.
const SHAPES: &str = "\
.workflow text { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; text-anchor: middle; }
.workflow .title { font-weight: 600; }
.workflow .edge { fill: none; stroke-width: 1.3; }
.workflow .edge.catch { stroke-dasharray: 4 3; }
.workflow .node { stroke-width: 1.3; }
.workflow .node text { stroke: none; }
.workflow .node .ring { fill: none; }
.workflow .frame > rect { stroke-width: 1; }
.workflow .pale { opacity: 0.3; }
.workflow .last { stroke-width: 3; }
";

/// The colours of what is no node.
struct Page {
    page: &'static str,
    text: &'static str,
    note: &'static str,
    line: &'static str,
    catch: &'static str,
    is_dark: bool,
}

const LIGHT: Page =
    Page { page: "#ffffff", text: TEXT, note: "#475569", line: "#64748b", catch: "#dc2626", is_dark: false };
const DARK: Page =
    Page { page: "#0f172a", text: "#f1f5f9", note: "#cbd5e1", line: "#94a3b8", catch: "#f87171", is_dark: true };

fn write_colours(svg: &mut String, page: &Page) -> Result {
    let Page { page: background, text, note, line, catch, is_dark } = page;
    let mut rule = |selector: &str, style: &str| writeln!(svg, ".workflow {selector} {{ {style} }}");
    rule(".page", &format!("fill: {background};"))?;
    rule(".frame > rect", &format!("fill: {background}; stroke: {line};"))?;
    rule(".title", &format!("fill: {text};"))?;
    rule(".note", &format!("fill: {note};"))?;
    for (class, edge, label) in [("next", line, note), ("catch", catch, catch)] {
        rule(&format!(".edge.{class}"), &format!("stroke: {edge};"))?;
        rule(&format!("marker.{class}"), &format!("fill: {edge};"))?;
        rule(&format!("text.{class}"), &format!("fill: {label};"))?;
    }
    for kind in KINDS {
        let style = kind.style();
        let Colours { fill, stroke } = if *is_dark { style.dark } else { style.light };
        let class = style.class;
        rule(&format!(".{class}"), &format!("fill: {fill}; stroke: {stroke};"))?;
        rule(&format!(".{class} .caption"), &format!("fill: {stroke};"))?;
        rule(&format!(".{class} .badge"), &format!("fill: {stroke}; stroke: none;"))?;
    }
    rule(".count", &format!("fill: {background};"))?;
    rule(".last.failed", &format!("stroke: {catch};"))?;
    Ok(())
}
