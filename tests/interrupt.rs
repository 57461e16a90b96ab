//! An interrupt cancels the execution that `run` runs, and the program says so. It has no harness: the test starts itself as the program.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, ExitCode, Stdio};

use workflow_runtime::prelude::*;

struct Nap;

#[workflow(start = rest, timeout = "2h")]
impl Nap {
    #[wait("1h", end)]
    fn rest(text: String);
}

#[tokio::main]
async fn main() -> ExitCode {
    if std::env::args().nth(1).as_deref() == Some("run") {
        return App::new().workflow(Nap).main().await;
    }
    if cfg!(unix) {
        interrupted();
    }
    ExitCode::SUCCESS
}

fn interrupted() {
    let program = std::env::current_exe().expect("a test knows its own path");
    let graph = std::env::temp_dir().join(format!("workflow-interrupt-{}.svg", std::process::id()));
    let mut command = Command::new(program);
    command.args(["run", "--verbose", "--input", "\"Ada\"", "--graph"]).arg(&graph);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program can be run");
    let mut events = BufReader::new(child.stderr.take().expect("it is piped"));
    let mut line = String::new();
    while !line.contains("WaitStateEntered") {
        line.clear();
        assert_ne!(events.read_line(&mut line).expect("it is text"), 0, "the execution waits");
    }
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().expect("there is a `kill`").success());

    let mut rest = String::new();
    events.read_to_string(&mut rest).expect("it is text");
    let expected = "    3 ExecutionAborted Interrupted\nerror: the execution was cancelled by an interrupt\n";
    assert!(rest.ends_with(expected), "{rest}");
    assert_eq!(child.wait().expect("it ends").code(), Some(130));
    assert!(std::fs::read_to_string(&graph).expect("the picture was written").starts_with("<svg "));
    std::fs::remove_file(&graph).expect("it is there");
}
