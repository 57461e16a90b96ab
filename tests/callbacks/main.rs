//! Callbacks and activities as they are exported: the definitions in `expected/`, which the validators know too.
//!
//! `BLESS=1 cargo test --test callbacks` writes them anew.

use std::path::Path;
use std::{env, fs};

use serde::{Deserialize, Serialize};
use workflow_runtime::model::{Definition, asl, picture};
use workflow_runtime::prelude::*;

#[derive(Clone, Serialize, Deserialize, Data)]
pub struct Decision {
    approved: bool,
    by: String,
}

#[derive(Debug, thiserror::Error, TaskError)]
pub enum Refusal {
    #[error("{0} says no")]
    Denied(String),
}

/// Asks somebody, and archives the answer.
pub struct Approval;

#[workflow(start = ask, timeout = "30d")]
impl Approval {
    /// Sends a mail with two links.
    #[task(callback, timeout = "7d", heartbeat = "3d", next = |decision, invoice| archive((invoice, decision.by)))]
    #[retry(States::HeartbeatTimeout, interval = "1h", max_attempts = 1)]
    #[catch(Refusal::Denied => |failure| denied(failure.message()))]
    async fn ask(&self, invoice: u32, token: TaskToken<Decision>) {
        let _ = (invoice, token);
    }

    #[task(activity = "archive-files", timeout = "1h", heartbeat = "5m", next = |_, (invoice, _)| stamp(invoice))]
    #[retry(States::Timeout, max_attempts = 2)]
    fn archive(answer: (u32, String)) -> String;

    #[task(activity, timeout = "1m", next = |_| wait_for_paper())]
    fn stamp(invoice: u32) -> bool;

    #[task(activity, timeout = "1m", next = done)]
    fn wait_for_paper() -> u32;

    #[succeed]
    fn done(sheets: u32);

    #[fail(error = "Denied")]
    fn denied(why: String) -> String {
        why
    }
}

#[derive(Clone, Serialize, Deserialize, Data)]
pub struct Request {
    invoice: u32,
    note: String,
    token: TaskToken<Decision>,
}

#[derive(Clone)]
pub struct Clerk;

#[workflow(start = done, timeout = "1h")]
impl Clerk {
    #[succeed]
    fn done(request: Request);
}

/// Lets a clerk decide.
pub struct Office {
    clerk: Clerk,
}

#[workflow(start = delegate, timeout = "30d")]
impl Office {
    #[nested(self.clerk: Clerk, callback, timeout = "1d", heartbeat = "2h", end)]
    #[retry(Refusal::Denied, max_attempts = 1)]
    fn delegate(invoice: u32, token: TaskToken<Decision>) -> Request {
        Request { invoice, note: format!("answer with {token}"), token: token.clone() }
    }
}

fn assert_file(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/callbacks/expected").join(name);
    if env::var_os("BLESS").is_some() {
        fs::write(&path, text).expect("the file can be written");
    }
    let file = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert_eq!(file, text, "{} is out of date: BLESS=1 writes it anew", path.display());
}

#[test]
fn definitions_and_pictures() {
    let definitions: [(&str, Definition); 2] = [("approval", Approval::definition()), ("office", Office::definition())];
    for (name, definition) in definitions {
        assert_file(&format!("{name}.asl.json"), &asl::write(&definition).expect("it is exported"));
        assert_file(&format!("{name}.mmd"), &picture::mermaid(&definition));
    }
}

#[test]
fn placeholders() {
    let placeholders = asl::placeholders(&Approval::definition());
    let listed: Vec<_> = placeholders.iter().map(|it| format!("{}: {}", it.name, it.stands_for)).collect();
    let expected = [
        "ArchiveFilesActivityArn: the ARN of the activity `archive-files`",
        "StampActivityArn: the ARN of the activity `Stamp`",
        "TaskFunctionArn: the ARN of the Lambda function that runs the tasks",
        "WaitForPaperActivityArn: the ARN of the activity `WaitForPaper`",
    ];
    assert_eq!(listed, expected);
}
