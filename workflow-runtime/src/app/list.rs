//! `list`: the workflows, and what each is for.

use serde::Serialize;

use super::arguments::Format;
use super::{App, AppError, print, print_json};

/// A workflow of the program.
#[derive(Serialize)]
struct Row {
    workflow: String,
    comment: Option<String>,
    states: usize,
}

pub(super) fn list(app: &App, format: &Format) -> Result<(), AppError> {
    let machines = app.workflows.iter().map(|entry| entry.workflow.definition().machine);
    let rows: Vec<_> = machines
        .map(|machine| Row { workflow: machine.name, comment: machine.comment, states: machine.states.len() })
        .collect();
    if format.json {
        return print_json(&rows);
    }
    let width = rows.iter().map(|row| row.workflow.len()).max().unwrap_or(0);
    let lines = rows.iter().map(|row| {
        let comment = row.comment.as_deref().and_then(|comment| comment.lines().next()).unwrap_or_default();
        format!("{:width$}  {comment}", row.workflow).trim_end().to_owned() + "\n"
    });
    print(&lines.collect::<String>())
}
