//! `export`: Amazon States Language on standard output, or in files.

use std::path::Path;

use workflow_model::machine::Mode;
use workflow_model::name::snake_case;

use super::arguments::Export;
use super::{App, AppError, Entry, print};

pub(super) fn export(app: &App, arguments: &Export) -> Result<(), AppError> {
    let Some(directory) = &arguments.out else {
        return print(&document(app.select(arguments.name.as_deref())?)?);
    };
    let entries = match &arguments.name {
        Some(name) => vec![app.select(Some(name))?],
        None => app.workflows.iter().filter(|entry| is_exported(entry)).collect(),
    };
    let directory = directory.join("statemachine");
    let mut differing = Vec::new();
    for entry in entries {
        let document = document(entry)?;
        let path = directory.join(format!("{}.asl.json", snake_case(entry.workflow.name())));
        if !arguments.check {
            write(&path, &document)?;
            eprintln!("wrote {}", path.display());
        } else if std::fs::read_to_string(&path).ok().as_deref() != Some(&document) {
            differing.push(path);
        }
    }
    if differing.is_empty() { Ok(()) } else { Err(AppError::Differs(differing)) }
}

/// Whether the workflow is meant for Step Functions. One that is not is said to be left out.
fn is_exported(entry: &Entry) -> bool {
    let native = entry.workflow.definition().machine.mode == Mode::Native;
    if native {
        eprintln!("left out {}, a native workflow", entry.workflow.name());
    }
    !native
}

/// A workflow in Amazon States Language.
fn document(entry: &Entry) -> Result<String, AppError> {
    workflow_model::asl::write(&entry.workflow.definition())
        .map_err(|error| AppError::Definition { name: entry.workflow.name(), message: error.to_string() })
}

fn write(path: &Path, text: &str) -> Result<(), AppError> {
    let failed = |error| AppError::Write { path: path.to_owned(), error };
    if let Some(directory) = path.parent() {
        std::fs::create_dir_all(directory).map_err(failed)?;
    }
    std::fs::write(path, text).map_err(failed)
}
