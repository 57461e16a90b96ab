//! The writer of Amazon States Language: one deterministic document per workflow.
