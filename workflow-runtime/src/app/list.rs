//! `list`: the workflows, and what each is for.

use serde_json::json;

use super::arguments::Format;
use super::{App, AppError, print};

pub(super) fn list(app: &App, format: &Format) -> Result<(), AppError> {
    let machines: Vec<_> = app.workflows.iter().map(|entry| entry.workflow.definition().machine).collect();
    if format.json {
        let rows: Vec<_> = machines
            .iter()
            .map(|machine| json!({ "workflow": machine.name, "comment": machine.comment, "states": machine.states.len() }))
            .collect();
        return print(&format!("{:#}\n", json!(rows)));
    }
    let width = machines.iter().map(|machine| machine.name.len()).max().unwrap_or(0);
    let rows = machines.iter().map(|machine| {
        let comment = machine.comment.as_deref().and_then(|comment| comment.lines().next()).unwrap_or_default();
        format!("{:width$}  {comment}", machine.name).trim_end().to_owned() + "\n"
    });
    print(&rows.collect::<String>())
}
