//! The rules that a workflow must keep: they serve the compiler, with spans, and a loaded definition, with paths.
