//! The smallest workflow: a task and an end.
//!
//! `cargo run --example hello -- run --input '"Ada"'` runs it; `cargo run --example hello` says what else it can do.

use std::process::ExitCode;

use workflow_runtime::prelude::*;

pub(crate) struct Hello;

/// Greets somebody.
#[workflow(start = greet, timeout = "1m")]
impl Hello {
    #[task(timeout = "10s", next = done)]
    async fn greet(&self, name: String) -> String {
        format!("Hello, {name}!")
    }

    #[succeed]
    fn done(greeting: String);
}

#[tokio::main]
async fn main() -> ExitCode {
    App::new().workflow(Hello).main().await
}
