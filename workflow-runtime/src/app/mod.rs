//! A program's own command line: [`App`].

mod arguments;
mod bounds;
mod check;
mod deploy;
#[cfg(feature = "sqlite")]
mod durable;
mod error;
mod explain;
mod export;
mod graph;
mod input;
mod line;
mod list;
mod price;
mod progress;
mod run;
mod signals;

use std::any::TypeId;
use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use workflow_model::deploy::Variable;

use arguments::{Arguments, Command};
use error::AppError;

use crate::engine::AnyWorkflow;
use crate::{Engine, EngineBuilder, Workflow};

/// Makes a program its own tool: it runs its workflows, exports them, draws them and checks them.
///
/// ```no_run
/// use std::process::ExitCode;
/// use workflow_runtime::prelude::*;
///
/// struct Hello;
///
/// /// Greets somebody.
/// #[workflow(start = greet, timeout = "1m")]
/// impl Hello {
///     #[task(timeout = "10s", end)]
///     async fn greet(&self, name: String) -> String {
///         format!("Hello, {name}!")
///     }
/// }
///
/// #[tokio::main]
/// async fn main() -> ExitCode {
///     App::new().workflow(Hello).main().await
/// }
/// ```
///
/// The program then takes `run Hello --input '"Ada"'`, `export`, `graph`, `check`, `explain W0201`, `list` and `help`. What machines read goes to
/// standard output, what people read to standard error. It exits with 0 when it did what it was asked for, 1 when it could
/// not, 2 when it did not understand, 130 when an interrupt (Ctrl-C) ended it, and 143 when SIGTERM did; either cancels the execution
/// first. On a terminal, `run` shows the states that the execution is in.
///
/// `export --template sam --out deploy` writes a directory that deploys the workflows to AWS; the page `docs/deploy.md` of the repository is a
/// guide to that.
///
/// `run Hello --graph hello.svg` draws what the execution did on the graph of its workflow.
///
/// # Executions that outlive the program
///
/// With the feature `sqlite` there is `--store FILE`, or the environment variable `WORKFLOW_STORE`:
///
/// - `run Hello --store hello.db` keeps the execution in a file. When the program is asked to end, steps that run have five seconds to do so,
///   or what `--grace` says; the execution stops where it was written down last, and the exit code is that of the signal. A second signal ends
///   the program at once, which loses nothing either.
/// - With `--name order-7` the same command goes on with the execution of that name, or prints its output where it has ended.
/// - `resume --store hello.db` goes on with all executions that have not ended, and prints how each of them ended. It exits with 0 when all
///   have, however they did, and with 1 when some cannot go on, as their code has changed.
/// - `executions` lists what is in the file, `history ID` prints what happened in an execution, with `--follow` as it happens. Both look at the
///   file while another process runs its executions.
/// - `stop ID` stops an execution, also one that another process runs: that process is asked to, and its engine looks each second.
///
/// One process at a time runs the executions of a file.
#[derive(Default)]
#[must_use = "an app does nothing until `.main().await`"]
pub struct App {
    workflows: Vec<Entry>,
    /// What the program reads in its environment.
    environment: Vec<Variable>,
}

/// A workflow of an app.
#[derive(Clone)]
struct Entry {
    type_id: TypeId,
    workflow: Arc<dyn AnyWorkflow>,
}

impl App {
    /// An app without workflows.
    pub fn new() -> Self {
        App::default()
    }

    /// Adds a workflow, with its dependencies in its fields.
    pub fn workflow<W: Workflow>(mut self, workflow: W) -> Self {
        self.workflows.push(Entry { type_id: TypeId::of::<W>(), workflow: Arc::new(workflow) });
        self
    }

    /// Says that the program reads a variable of its environment, as the address of a service. A template of `export --template` then asks
    /// for it with this description, and sets it for the function behind the tasks.
    ///
    /// ```no_run
    /// # use std::process::ExitCode;
    /// # use workflow_runtime::prelude::*;
    /// #
    /// # #[tokio::main]
    /// # async fn main() -> ExitCode {
    /// let service = std::env::var("SERVICE_URL").unwrap_or_else(|_| "http://localhost:8080".to_owned());
    /// // … a workflow with a client of that service …
    /// App::new().environment("SERVICE_URL", "Where the service is").main().await
    /// # }
    /// ```
    ///
    /// Whoever may look at the function sees it: for a secret, pass the name of a secret, and read it in the task.
    pub fn environment(mut self, name: impl Into<String>, description: impl Into<String>) -> Self {
        self.environment.push(Variable::new(name, description));
        self
    }

    /// Whether this program was told what to do: by arguments, or, with the feature `lambda`, by Lambda. A program that does something
    /// of its own otherwise asks before it does.
    ///
    /// ```no_run
    /// # use std::process::ExitCode;
    /// # use workflow_runtime::prelude::*;
    /// #
    /// # #[tokio::main]
    /// # async fn main() -> ExitCode {
    /// if App::is_told() {
    ///     return App::new().main().await;
    /// }
    /// println!("… show what it can do …");
    /// # ExitCode::SUCCESS
    /// # }
    /// ```
    pub fn is_told() -> bool {
        #[cfg(feature = "lambda")]
        if crate::lambda::is_present() {
            return true;
        }
        std::env::args_os().len() > 1
    }

    /// Does what the program's arguments say; started by Lambda, with the feature `lambda`, it serves its workflows' tasks instead.
    pub async fn main(self) -> ExitCode {
        #[cfg(feature = "lambda")]
        if crate::lambda::is_present() {
            return self.serve().await;
        }
        match Arguments::try_parse() {
            Ok(arguments) => self.finish(arguments).await,
            Err(error) => {
                // Help and version are asked for, and go to standard output; there is nobody to tell when that is closed.
                let _ = error.print();
                ExitCode::from(if error.use_stderr() { 2 } else { 0 })
            }
        }
    }

    /// Serves the tasks until Lambda ends the program.
    #[cfg(feature = "lambda")]
    async fn serve(self) -> ExitCode {
        let workflows = self.workflows.into_iter().map(|entry| entry.workflow).collect();
        match crate::lambda::serve(workflows).await {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                tell(format_args!("error: Lambda cannot be reached: {error}"));
                ExitCode::FAILURE
            }
        }
    }

    async fn finish(&self, arguments: Arguments) -> ExitCode {
        match self.execute(arguments.command).await {
            Ok(()) => ExitCode::SUCCESS,
            // Whoever read the output has read enough, as in `… | head`.
            Err(AppError::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
            Err(error) => {
                tell(format_args!("error: {error}"));
                ExitCode::from(error.exit_code())
            }
        }
    }

    async fn execute(&self, command: Command) -> Result<(), AppError> {
        match command {
            Command::Run(run) => run::run(self, run).await,
            Command::Export(export) => export::export(self, &export),
            Command::Graph(graph) => graph::graph(self, &graph),
            Command::Explain(explain) => explain::explain(&explain),
            Command::Check(check) => check::check(self, &check),
            Command::List(list) => list::list(self, &list),
            #[cfg(feature = "sqlite")]
            Command::Durable(command) => durable::execute(self, command).await,
        }
    }

    /// The workflow with this name; the only one, where none is named.
    fn select(&self, name: Option<&str>) -> Result<&Entry, AppError> {
        match (name, self.workflows.as_slice()) {
            (None, [only]) => Ok(only),
            (None, _) => Err(AppError::WhichWorkflow { known: self.names() }),
            (Some(name), entries) => entries
                .iter()
                .find(|entry| entry.workflow.name() == name)
                .ok_or_else(|| AppError::UnknownWorkflow { name: name.to_owned(), known: self.names() }),
        }
    }

    /// What is to become an engine for all workflows.
    fn engine(&self) -> EngineBuilder {
        let builder = Engine::builder().include_execution_data(true);
        self.workflows.iter().fold(builder, |builder, entry| builder.any(entry.type_id, entry.workflow.clone()))
    }

    fn names(&self) -> Vec<&'static str> {
        self.workflows.iter().map(|entry| entry.workflow.name()).collect()
    }
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").field("workflows", &self.names()).finish()
    }
}

/// Writes to standard output.
fn print(text: &str) -> Result<(), AppError> {
    let mut output = std::io::stdout().lock();
    output.write_all(text.as_bytes()).and_then(|()| output.flush()).map_err(AppError::Output)
}

/// Writes a line to standard error. Where nobody reads it any more, as in `… 2>&1 | head -1`, the work goes on all the same.
fn tell(line: impl std::fmt::Display) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// Writes JSON to standard output.
fn print_json(value: &impl serde::Serialize) -> Result<(), AppError> {
    let json = serde_json::to_string_pretty(value).expect("a report is strings and numbers");
    print(&format!("{json}\n"))
}
