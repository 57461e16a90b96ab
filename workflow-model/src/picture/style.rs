//! The colours of the kinds of node, the same in all pictures.

use super::graph::NodeKind;

/// How nodes of a kind look. A node brings its own background, so that it can be read on light and on dark pages.
pub(super) struct Style {
    /// A name for it.
    pub(super) class: &'static str,
    /// Its colours on a light page, and wherever a picture has one set of colours only.
    pub(super) light: Colours,
    /// Its colours on a dark page.
    #[cfg_attr(not(feature = "svg"), expect(dead_code, reason = "only an SVG picture knows what page it is on"))]
    pub(super) dark: Colours,
}

/// The background and the border of a node.
pub(super) struct Colours {
    pub(super) fill: &'static str,
    pub(super) stroke: &'static str,
}

/// The colour of the text in a node with light colours.
pub(super) const TEXT: &str = "#0f172a";

/// The kinds of node, in the order in which their styles are written.
pub(super) const KINDS: [NodeKind; 12] = [
    NodeKind::Start,
    NodeKind::Task,
    NodeKind::Poll,
    NodeKind::Nested,
    NodeKind::Parallel,
    NodeKind::Map,
    NodeKind::Choice,
    NodeKind::Wait,
    NodeKind::Pass,
    NodeKind::Succeed,
    NodeKind::Fail,
    NodeKind::End,
];

impl NodeKind {
    pub(super) fn style(self) -> Style {
        match self {
            NodeKind::Start => style("start", ["#64748b", "#64748b"], ["#94a3b8", "#94a3b8"]),
            NodeKind::End => style("end", ["#64748b", "#64748b"], ["#94a3b8", "#94a3b8"]),
            NodeKind::Task => style("task", ["#dbeafe", "#2563eb"], ["#172554", "#60a5fa"]),
            NodeKind::Poll => style("poll", ["#e0e7ff", "#4f46e5"], ["#1e1b4b", "#818cf8"]),
            NodeKind::Nested => style("nested", ["#ede9fe", "#7c3aed"], ["#2e1065", "#a78bfa"]),
            NodeKind::Parallel => style("parallel", ["#fce7f3", "#db2777"], ["#500724", "#f472b6"]),
            NodeKind::Map => style("map", ["#ffedd5", "#ea580c"], ["#431407", "#fb923c"]),
            NodeKind::Choice => style("choice", ["#fef3c7", "#d97706"], ["#451a03", "#fbbf24"]),
            NodeKind::Wait => style("wait", ["#cffafe", "#0891b2"], ["#083344", "#22d3ee"]),
            NodeKind::Pass => style("pass", ["#f1f5f9", "#64748b"], ["#1e293b", "#94a3b8"]),
            NodeKind::Succeed => style("succeed", ["#dcfce7", "#16a34a"], ["#052e16", "#4ade80"]),
            NodeKind::Fail => style("fail", ["#fee2e2", "#dc2626"], ["#450a0a", "#f87171"]),
        }
    }
}

/// A style from its background and its border on light pages, and on dark ones.
fn style(class: &'static str, light: [&'static str; 2], dark: [&'static str; 2]) -> Style {
    let colours = |[fill, stroke]: [&'static str; 2]| Colours { fill, stroke };
    Style { class, light: colours(light), dark: colours(dark) }
}
