//! `executions`: what is in a file, the newest first.

use std::time::{Duration, SystemTime};

use serde::Serialize;
use serde_json::value::RawValue;
use workflow_model::duration::Display;

use super::arguments::Executions;
use super::find::called;
use super::look_into;
use crate::Status;
use crate::app::{AppError, print, print_json, tell};
use crate::clock::iso_8601;
use crate::store::{Filter, Sqlite, Store, StoredExecution};

/// An execution, for machines.
#[derive(Serialize)]
struct Row {
    id: String,
    workflow: String,
    name: String,
    status: Status,
    /// The state that it is in, while it runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<String>,
    started: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    stopped: Option<String>,
    /// The execution that started it.
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<String>,
    input: Box<RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    output: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<String>,
}

pub(super) fn executions(arguments: &Executions) -> Result<(), AppError> {
    let store = look_into(&arguments.file.store)?;
    let filter = Filter {
        workflow: arguments.workflow.clone(),
        status: arguments.status.map(Status::from),
        // One more says whether there are more.
        limit: Some(arguments.limit.saturating_add(1)),
        newest_first: true,
        ..Filter::default()
    };
    let mut found = store.list(&filter)?;
    let has_more = found.len() > arguments.limit;
    found.truncate(arguments.limit);
    match arguments.json {
        true => print_json(&found.iter().map(|stored| row(&store, stored)).collect::<Result<Vec<_>, _>>()?)?,
        false => print(&table(&found))?,
    }
    if has_more {
        tell(format_args!("these are the newest {}; `--limit` shows more", arguments.limit));
    }
    Ok(())
}

fn row(store: &Sqlite, stored: &StoredExecution) -> Result<Row, AppError> {
    let parent = match stored.parent {
        Some(parent) => store.execution(parent)?.as_ref().map(called),
        None => None,
    };
    // A store keeps what was JSON when it was given.
    let json = |text: &str| RawValue::from_string(text.to_owned()).unwrap_or_else(|_| RawValue::NULL.to_owned());
    let failure = stored.failure.as_ref();
    let some = |text: &String| (!text.is_empty()).then(|| text.clone());
    Ok(Row {
        id: called(stored),
        workflow: stored.workflow.clone(),
        name: stored.name.clone(),
        status: stored.status,
        state: some(&stored.state),
        started: iso_8601(stored.started),
        stopped: stored.stopped.map(iso_8601),
        parent,
        input: json(&stored.input),
        output: stored.output.as_deref().map(json),
        error: failure.and_then(|failure| some(&failure.error)),
        cause: failure.and_then(|failure| some(&failure.cause)),
    })
}

/// A table, for people.
fn table(found: &[StoredExecution]) -> String {
    let heading = ["EXECUTION", "STATUS", "STARTED", "TOOK", "STATE OR ERROR"].map(str::to_owned);
    let rows: Vec<[String; 5]> = std::iter::once(heading).chain(found.iter().map(cells)).collect();
    let mut widths = [0; 5];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    let line = |row: &[String; 5]| {
        let cells: Vec<_> = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        cells.join("  ").trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}

fn cells(stored: &StoredExecution) -> [String; 5] {
    let error = stored.failure.as_ref().map(|failure| failure.error.clone());
    let what = if stored.status == Status::Running { stored.state.clone() } else { error.unwrap_or_default() };
    let took = match stored.stopped {
        Some(stopped) => stopped.duration_since(stored.started).unwrap_or_default(),
        None => SystemTime::now().duration_since(stored.started).unwrap_or_default(),
    };
    [called(stored), stored.status.to_string(), iso_8601(stored.started), Display(rounded(took)).to_string(), what]
}

/// With as much of it as anybody reads.
fn rounded(time: Duration) -> Duration {
    let unit = match time.as_secs() {
        ..10 => 1,
        10..3_600 => 1_000,
        _ => 60_000,
    };
    let millis = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
    Duration::from_millis(millis / unit * unit)
}
