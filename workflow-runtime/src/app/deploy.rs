//! What `export` prints and writes besides definitions: templates, policies and placeholders.

use serde::Serialize;
use workflow_model::Definition;
use workflow_model::asl::{self, Json, Object};
use workflow_model::deploy::{self, Application, DeployError, File, Program, Template};

use super::arguments::TemplateKind;
use super::{App, AppError, print, print_json};

/// All files of a directory that deploys these workflows.
pub(super) fn files(app: &App, definitions: &[Definition], template: TemplateKind) -> Result<Vec<File>, AppError> {
    Ok(application(app, definitions)?.files(template.into()))
}

/// Prints the template alone. Of several files, each begins with its name in a comment: they mean the same in one.
pub(super) fn print_template(app: &App, definitions: &[Definition], template: TemplateKind) -> Result<(), AppError> {
    let files = application(app, definitions)?.template(template.into());
    match files.as_slice() {
        [only] => print(&only.text),
        several => {
            let texts: Vec<_> = several.iter().map(|file| format!("# {}\n\n{}", file.path, file.text)).collect();
            print(&texts.join("\n"))
        }
    }
}

fn application(app: &App, definitions: &[Definition]) -> Result<Application, AppError> {
    if definitions.is_empty() {
        return Err(AppError::NothingToDeploy);
    }
    Application::new(program(app), definitions).map_err(AppError::Deploy)
}

/// This program, as cargo calls it: by its file, which for an example is in `examples`.
fn program(app: &App) -> Program {
    let file = std::env::current_exe().unwrap_or_default();
    let name = |path: Option<&std::ffi::OsStr>| path.map(|name| name.to_string_lossy().into_owned());
    let folder = name(file.parent().and_then(|folder| folder.file_name()));
    Program {
        name: name(file.file_stem()).unwrap_or_else(|| "program".to_owned()),
        is_example: folder.as_deref() == Some("examples"),
        environment: app.environment.clone(),
    }
}

impl From<TemplateKind> for Template {
    fn from(kind: TemplateKind) -> Self {
        match kind {
            TemplateKind::Sam => Template::Sam,
            TemplateKind::CloudFormation => Template::CloudFormation,
            TemplateKind::Terraform => Template::Terraform,
        }
    }
}

/// Prints the policy of the only workflow, or an object with one for each.
pub(super) fn policies(definitions: &[Definition]) -> Result<(), AppError> {
    let policy = |definition: &Definition| -> Result<(String, Json), AppError> {
        let workflow = definition.machine.name.clone();
        match deploy::needs(definition) {
            Ok(needs) => Ok((workflow, needs.policy.to_json())),
            Err(error) => Err(AppError::Deploy(DeployError::Write { workflow, error })),
        }
    };
    let policies = definitions.iter().map(policy).collect::<Result<Vec<_>, _>>()?;
    let json = match policies.as_slice() {
        [] => return Err(AppError::NothingToDeploy),
        [(_, only)] => only.clone(),
        _ => policies.into_iter().collect::<Object>().into(),
    };
    print(&format!("{json}\n"))
}

/// A placeholder of a definition.
#[derive(Serialize)]
struct Row {
    workflow: String,
    placeholder: String,
    stands_for: String,
}

pub(super) fn placeholders(definitions: &[Definition], json: bool) -> Result<(), AppError> {
    let rows_of = |definition: &Definition| -> Vec<Row> {
        let workflow = definition.machine.name.clone();
        let row = |it: asl::Placeholder| Row {
            workflow: workflow.clone(),
            placeholder: it.name,
            stands_for: it.stands_for.to_string(),
        };
        asl::placeholders(definition).into_iter().map(row).collect()
    };
    let rows: Vec<Row> = definitions.iter().flat_map(rows_of).collect();
    if json {
        return print_json(&rows);
    }
    let width = |of: fn(&Row) -> &str| rows.iter().map(|row| of(row).len()).max().unwrap_or(0);
    let (workflows, names) = (width(|row| &row.workflow), width(|row| &row.placeholder));
    let line = |row: &Row| format!("{:workflows$}  {:names$}  {}\n", row.workflow, row.placeholder, row.stands_for);
    print(&rows.iter().map(line).collect::<String>())
}
