//! `export`: Amazon States Language, and what deploys it, on standard output or in files.

use std::path::Path;

use workflow_model::Definition;
use workflow_model::deploy::File;
use workflow_model::machine::Mode;
use workflow_model::name::snake_case;

use super::arguments::Export;
use super::{App, AppError, Entry, deploy, print, tell};

pub(super) fn export(app: &App, arguments: &Export) -> Result<(), AppError> {
    if arguments.policy {
        return deploy::policies(&definitions(app, arguments)?);
    }
    if arguments.placeholders {
        return deploy::placeholders(&definitions(app, arguments)?, arguments.json);
    }
    match (arguments.template, &arguments.out) {
        (None, None) => print(&document(app.select(arguments.name.as_deref())?)?),
        (Some(template), None) => deploy::print_template(app, &definitions(app, arguments)?, template),
        (None, Some(directory)) => put(&documents(app, arguments)?, directory, arguments.check),
        (Some(template), Some(directory)) => {
            put(&deploy::files(app, &definitions(app, arguments)?, template)?, directory, arguments.check)
        }
    }
}

/// The workflow that was asked for, else all that are meant for Step Functions.
fn selected<'a>(app: &'a App, arguments: &Export) -> Result<Vec<&'a Entry>, AppError> {
    match &arguments.name {
        Some(name) => Ok(vec![app.select(Some(name))?]),
        None => Ok(app.workflows.iter().filter(|entry| is_exported(entry)).collect()),
    }
}

fn definitions(app: &App, arguments: &Export) -> Result<Vec<Definition>, AppError> {
    Ok(selected(app, arguments)?.iter().map(|entry| entry.workflow.definition()).collect())
}

/// Whether the workflow is meant for Step Functions. One that is not is said to be left out.
fn is_exported(entry: &Entry) -> bool {
    let native = entry.workflow.definition().machine.mode == Mode::Native;
    if native {
        tell(format_args!("left out {}, a native workflow", entry.workflow.name()));
    }
    !native
}

fn documents(app: &App, arguments: &Export) -> Result<Vec<File>, AppError> {
    let file = |entry: &Entry| {
        let path = format!("statemachine/{}.asl.json", snake_case(entry.workflow.name()));
        Ok(File { path, text: document(entry)? })
    };
    selected(app, arguments)?.into_iter().map(file).collect()
}

/// A workflow in Amazon States Language.
fn document(entry: &Entry) -> Result<String, AppError> {
    workflow_model::asl::write(&entry.workflow.definition())
        .map_err(|error| AppError::Definition { name: entry.workflow.name(), message: error.to_string() })
}

/// Writes the files, or with `check` says which of them are not what would be written.
fn put(files: &[File], directory: &Path, check: bool) -> Result<(), AppError> {
    let mut differing = Vec::new();
    for File { path, text } in files {
        let path = path.split('/').fold(directory.to_owned(), |path, part| path.join(part));
        if !check {
            write(&path, text)?;
            tell(format_args!("wrote {}", path.display()));
        } else if std::fs::read_to_string(&path).ok().as_deref() != Some(text) {
            differing.push(path);
        }
    }
    if differing.is_empty() { Ok(()) } else { Err(AppError::Differs(differing)) }
}

fn write(path: &Path, text: &str) -> Result<(), AppError> {
    let failed = |error| AppError::Write { path: path.to_owned(), error };
    if let Some(directory) = path.parent() {
        std::fs::create_dir_all(directory).map_err(failed)?;
    }
    std::fs::write(path, text).map_err(failed)
}
