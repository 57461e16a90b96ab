//! A folder with a store in it, and the program that works on it.

use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, ChildStderr, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;

/// In another process, that it is the program.
pub const PROGRAM: &str = "WORKFLOW_TEST_PROGRAM";

/// A new folder, which is removed when the test ends.
pub struct Place(PathBuf);

/// What a program wrote to standard output and standard error, and its exit code.
pub type Ended = (String, String, Option<i32>);

impl Place {
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("workflow-durable-cli-{}-{count}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a directory can be made");
        Place(path)
    }

    fn file(&self, name: &str) -> String {
        self.0.join(name).to_str().expect("the temporary directory has a name in UTF-8").to_owned()
    }

    pub fn store(&self) -> String {
        self.file("workflows.db")
    }

    /// The input of an errand that waits so long.
    pub fn plan(&self, wait_millis: u64, more: &str) -> String {
        format!(r#"{{"witness": {:?}, "wait_millis": {wait_millis}{more}}}"#, self.file("witness"))
    }

    /// What the tasks have noted down.
    pub fn witness(&self) -> Vec<String> {
        let text = std::fs::read_to_string(self.file("witness")).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }

    /// A command, with the store.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(std::env::current_exe().expect("a test knows its own path"));
        command.args(arguments).args(["--store", &self.store()]).env(PROGRAM, "").stdin(Stdio::null());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Ended {
        let Output { status, stdout, stderr } = self.command(arguments).output().expect("the program can be run");
        let text = |bytes| String::from_utf8(bytes).expect("the output is text");
        (text(stdout), text(stderr), status.code())
    }

    /// Starts an errand.
    pub fn start(&self, name: &str, plan: &str) -> Running {
        Running::new(self.command(&["run", "Errand", "--verbose", "--name", name, "--input", plan]))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // Nothing depends on it being gone.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A program that runs.
pub struct Running {
    child: Child,
    events: BufReader<ChildStderr>,
}

impl Running {
    pub fn new(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program can be run");
        let events = BufReader::new(child.stderr.take().expect("it is piped"));
        Running { child, events }
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits until the program says this on standard error.
    pub fn until(mut self, text: &str) -> Self {
        let (mut said, mut line) = (String::new(), String::new());
        while !line.contains(text) {
            line.clear();
            assert_ne!(self.events.read_line(&mut line).expect("it is text"), 0, "no {text:?} in {said}");
            said.push_str(&line);
        }
        self
    }

    /// Waits until it is written down that an execution is in this state. An event is told before.
    pub fn until_state(self, place: &Place, name: &str, state: &str) -> Self {
        wait_until(state, || {
            let (json, _, _) = place.run(&["executions", "--json"]);
            let found: Vec<Value> = serde_json::from_str(&json).unwrap_or_default();
            found.iter().any(|execution| execution["name"] == name && execution["state"] == state)
        });
        self
    }

    pub fn until_it_has_the_file(self, place: &Place) -> Self {
        let (lock, id) = (format!("{}-lock", place.store()), self.id().to_string());
        wait_until("it has the file", || std::fs::read_to_string(&lock).is_ok_and(|process| process.trim() == id));
        self
    }

    pub fn signal(self, signal: &str) -> Self {
        let id = self.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().expect("there is a `kill`").success());
        self
    }

    /// Ends it from one moment to the next.
    pub fn kill(mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ends");
    }

    /// What it said since, when it ends.
    pub fn end(mut self) -> Ended {
        let (mut output, mut errors) = (String::new(), String::new());
        self.events.read_to_string(&mut errors).expect("it is text");
        let mut stdout = self.child.stdout.take().expect("it is piped");
        stdout.read_to_string(&mut output).expect("it is text");
        (output, errors, self.child.wait().expect("it ends").code())
    }
}

/// Waits until something holds. Processes take their time.
pub fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < Duration::from_secs(60), "{what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}
