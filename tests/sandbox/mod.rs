//! A package outside of the workspace that depends on `workflow-runtime` alone, as a user's does.

#![allow(dead_code, reason = "each test uses a part of it")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use serde::Deserialize;

/// A package in cargo's directory for tests. What it depends on is compiled once for all of them.
pub(crate) struct Sandbox {
    directory: PathBuf,
}

/// What the compiler says.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Diagnostic {
    pub(crate) level: String,
    pub(crate) message: String,
    /// As it is printed.
    pub(crate) rendered: String,
    spans: Vec<Span>,
}

#[derive(Clone, Debug, Deserialize)]
struct Span {
    file_name: String,
    is_primary: bool,
}

impl Diagnostic {
    /// The file that it stands in, as in `src/lib.rs`.
    pub(crate) fn file(&self) -> Option<&str> {
        self.spans.iter().find(|span| span.is_primary).map(|span| span.file_name.as_str())
    }
}

/// A line of cargo's output.
#[derive(Deserialize)]
struct Line {
    message: Option<Diagnostic>,
}

impl Sandbox {
    /// A package with this name and nothing in it.
    pub(crate) fn new(name: &str) -> Self {
        let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let sandbox = Sandbox { directory };
        // What an earlier run left in it is none of this one's.
        let _ = fs::remove_dir_all(sandbox.directory.join("src"));
        let mut folders = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
        let workspace =
            folders.find(|folder| folder.join("Cargo.lock").exists()).expect("the workspace has a lock file");
        let runtime = workspace.join("workflow-runtime");
        sandbox.write(
            "Cargo.toml",
            &format!(
                "[package]\nname = {name:?}\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
                 workflow-runtime = {{ path = {runtime:?} }}\nserde = {{ version = \"1\", features = [\"derive\"] }}\nserde_json = \"1\"\n\
                 tokio = {{ version = \"1\", default-features = false, features = [\"time\"] }}\n"
            ),
        );
        let lock = fs::read_to_string(workspace.join("Cargo.lock")).expect("the lock file can be read");
        sandbox.write("Cargo.lock", &lock);
        sandbox
    }

    /// Where it is.
    pub(crate) fn directory(&self) -> &Path {
        &self.directory
    }

    /// Where what all packages here depend on is compiled.
    pub(crate) fn target() -> PathBuf {
        Path::new(env!("CARGO_TARGET_TMPDIR")).join("sandbox")
    }

    /// Writes one of its files, whose path is relative to it. One that says the same already stays as it is.
    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.directory.join(path);
        if fs::read_to_string(&path).is_ok_and(|known| known == text) {
            return;
        }
        let folder = path.parent().expect("a file lies in a folder");
        fs::create_dir_all(folder).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }

    /// `cargo COMMAND`, with what all packages here depend on compiled in one place. Nothing is downloaded: the workspace's own
    /// dependencies are there.
    pub(crate) fn cargo(&self, command: &str) -> Command {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args([command, "--offline"]).current_dir(&self.directory).stdin(Stdio::null());
        // Each check is one from scratch, so that it takes as long as a user's first.
        cargo.env("CARGO_TARGET_DIR", Self::target()).env("CARGO_INCREMENTAL", "0");
        cargo
    }

    /// What the compiler says of it, in the order in which it says it, without its sums.
    pub(crate) fn check(&self) -> Vec<Diagnostic> {
        let output = self.cargo("check").arg("--message-format=json").output().expect("cargo can be run");
        let lines = String::from_utf8(output.stdout).expect("cargo writes UTF-8");
        let lines = lines.lines().filter(|line| line.starts_with(r#"{"reason":"compiler-message""#));
        let read = |line| serde_json::from_str::<Line>(line).expect("cargo writes what it documents");
        let said: Vec<Diagnostic> = lines.filter_map(|line| read(line).message).collect();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() || !said.is_empty(), "cargo could not check the package:\n{errors}");
        said.into_iter().filter(|said| said.file().is_some()).collect()
    }
}
