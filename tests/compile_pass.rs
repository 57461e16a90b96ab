//! The twins of the compile-fail tests: each differs from the file in `tests/ui` that has its name in the mistake alone, and compiles
//! without a warning.

#![deny(warnings)]
#![allow(dead_code, unused_imports, clippy::needless_pass_by_value, reason = "the workflows are here to be compiled")]

#[path = "ui/activity/pass/mod.rs"]
mod activity;
#[path = "ui/branches/pass/mod.rs"]
mod branches;
#[path = "ui/callback/pass/mod.rs"]
mod callback;
#[path = "ui/context/pass/mod.rs"]
mod context;
#[path = "ui/cycles/pass/mod.rs"]
mod cycles;
#[path = "ui/distributed/pass/mod.rs"]
mod distributed;
#[path = "ui/errors/pass/mod.rs"]
mod errors;
#[path = "ui/functions/pass/mod.rs"]
mod functions;
#[path = "ui/graph/pass/mod.rs"]
mod graph;
#[path = "ui/history/pass/mod.rs"]
mod history;
#[path = "ui/language/pass/mod.rs"]
mod language;
#[path = "ui/names/pass/mod.rs"]
mod names;
#[path = "ui/nested/pass/mod.rs"]
mod nested;
#[path = "ui/poll/pass/mod.rs"]
mod poll;
#[path = "ui/portable/pass/mod.rs"]
mod portable;
#[path = "ui/services/pass/mod.rs"]
mod services;
#[path = "ui/time/pass/mod.rs"]
mod time;
#[path = "ui/types/pass/mod.rs"]
mod types;
#[path = "ui/variables/pass/mod.rs"]
mod variables;
#[path = "ui/wait/pass/mod.rs"]
mod wait;
