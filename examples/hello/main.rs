//! The smallest workflow: a task and an end.
//!
//! `cargo run --example hello` runs it.

use workflow_runtime::prelude::*;

struct Hello;

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
async fn main() -> Result<(), ExecutionError> {
    println!("{}", Hello.run("Ada".to_owned()).await?);
    Ok(())
}
