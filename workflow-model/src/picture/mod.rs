//! Pictures of the graph: Mermaid, DOT and SVG.
