//! What an editor knows of a workflow in which something is half typed: all but that.
//!
//! `cargo test --test editor`, with rust-analyzer and the standard library's sources: `rustup component add rust-analyzer rust-src`.

#[path = "../sandbox/mod.rs"]
mod sandbox;
mod server;

use std::path::PathBuf;

use sandbox::Sandbox;
use serde_json::{Value, json};
use server::Server;

/// A workflow. Where it says `‹name›`, the cases put something else.
const WORKFLOW: &str = r#"
use serde::{Deserialize, Serialize};
use workflow_runtime::prelude::*;

#[derive(Clone, Debug, Serialize, Deserialize, Data)]
pub struct Parcel {
    pub weight: u32,
    pub address: String,
}

pub struct Shop {
    pub shelf: u32,
}

#[workflow(start = pack, timeout = "1h")]
impl Shop {
    #[task(timeout = "30s", next = weigh)]
    async fn pack(&self, parcel: Parcel) -> Parcel {
        ‹body›
        parcel
    }

    #[task(timeout = "30s", next = ‹next›)]
    async fn weigh(&self, parcel: Parcel) -> Parcel {
        let weight = parcel.weight;
        Parcel { weight, ..parcel }
    }

    #[choice]
    fn look(parcel: Parcel) -> Next<Self> {
        if parcel.weight > 10 { ‹heavy› } else { sent(parcel) }
    }

    #[wait("1m", next = |parcel| look(Parcel { weight: parcel.weight / 2, address: parcel.address }))]
    fn dry(parcel: Parcel);

    #[succeed]
    fn sent(parcel: Parcel);
}
"#;

/// The file, in an editor.
struct Editor {
    server: Server,
    file: PathBuf,
    text: String,
}

impl Editor {
    fn start() -> Self {
        let sandbox = Sandbox::new("editor");
        let text = with("", "look", "dry(parcel)");
        sandbox.write("src/lib.rs", &text);
        let file = sandbox.directory().join("src/lib.rs");
        let server = Server::start(sandbox.directory(), &Sandbox::target());
        let mut editor = Editor { server, file, text };
        editor.server.open(&editor.file, &editor.text);
        editor
    }

    fn set(&mut self, text: String) {
        self.server.close(&self.file);
        self.server.open(&self.file, &text);
        self.text = text;
    }

    /// The place behind the first `before`.
    fn behind(&self, before: &str) -> Value {
        let end = self.text.find(before).unwrap_or_else(|| panic!("no {before:?} in the text")) + before.len();
        let line = self.text[..end].matches('\n').count();
        let start = self.text[..end].rfind('\n').map_or(0, |newline| newline + 1);
        json!({ "line": line, "character": self.text[start..end].encode_utf16().count() })
    }

    fn line_of(&self, text: &str) -> u64 {
        self.behind(text)["line"].as_u64().expect("a line is a number")
    }

    #[track_caller]
    fn assert_completes(&mut self, behind: &str, names: &[&str]) {
        let completions = self.server.completions(&self.file, self.behind(behind));
        for name in names {
            assert!(completions.iter().any(|found| found == name), "no {name} behind {behind:?}: {completions:?}");
        }
    }

    #[track_caller]
    fn assert_leads(&mut self, behind: &str, definition: &str) {
        let places = self.server.definitions(&self.file, self.behind(behind));
        let expected = (server::uri(&self.file), self.line_of(definition));
        // Generated code that stands on the same token is among them.
        assert!(places.contains(&expected), "{behind:?} leads to {places:?}, not to {expected:?}");
    }

    /// That something is wrong in the lines from one with this text on, and nothing elsewhere.
    #[track_caller]
    fn assert_errors_at(&mut self, text: &str, lines: u64) {
        let first = self.line_of(text);
        let errors = self.server.errors(&self.file);
        let is_here = |(line, _): &(u64, String)| (first..first + lines).contains(line);
        assert!(!errors.is_empty() && errors.iter().all(is_here), "errors at line {first} are expected: {errors:?}");
    }

    /// That what is not half typed means what it did.
    #[track_caller]
    fn assert_rest_is_known(&mut self) {
        self.assert_completes("let weight = parcel.", &["weight", "address"]);
        self.assert_completes("if parcel.", &["weight", "address"]);
        self.assert_leads("next = wei", "async fn weigh");
        self.assert_leads("|parcel| loo", "fn look");
        self.assert_leads("else { sen", "fn sent");
    }
}

fn with(body: &str, next: &str, heavy: &str) -> String {
    WORKFLOW.replace("‹body›", body).replace("‹next›", next).replace("‹heavy›", heavy)
}

#[test]
fn what_is_half_typed_disturbs_nothing_else() {
    let mut editor = Editor::start();
    editor.assert_rest_is_known();
    assert_eq!(editor.server.errors(&editor.file), []);

    // A statement in a task.
    editor.set(with("let half = self.", "look", "dry(parcel)"));
    editor.assert_completes("let half = self.", &["shelf"]);
    editor.assert_rest_is_known();
    // The next line is read as the end of this one.
    editor.assert_errors_at("let half = self.", 2);

    // A target in an attribute.
    editor.set(with("", "loo", "dry(parcel)"));
    editor.assert_rest_is_known();
    editor.assert_errors_at("next = loo", 1);

    // No target in an attribute.
    editor.set(with("", "", "dry(parcel)"));
    editor.assert_rest_is_known();
    editor.assert_errors_at("next = )", 1);

    // A target in a choice.
    editor.set(with("", "look", "dr"));
    editor.assert_rest_is_known();
    editor.assert_errors_at("> 10 { dr", 1);

    // A field in a choice.
    editor.set(with("", "look", "dry(parcel.)"));
    editor.assert_completes("dry(parcel.", &["weight", "address"]);
    editor.assert_rest_is_known();
}
