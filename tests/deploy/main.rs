//! The directories that deploy workflows, as they are written: those in `expected/`, which `.ci/validate-templates` knows too.
//!
//! `BLESS=1 cargo test --test deploy` writes them anew.

#![allow(unreachable_pub, reason = "the modules of the examples are written as they would be in a library")]
#![allow(dead_code, reason = "the workflows are deployed here, and not run")]

#[path = "../../examples/approval/workflow.rs"]
mod approval;
#[path = "../../examples/batch/workflow.rs"]
mod batch;
#[path = "../../examples/batch/poll_service.rs"]
mod poll_service;
mod warehouse;

use std::collections::BTreeSet;
use std::path::Path;
use std::{env, fs};

use workflow_runtime::Workflow;
use workflow_runtime::model::Definition;
use workflow_runtime::model::deploy::{Application, File, Program, Template, Variable};

use poll_service::{PollService, Service, ServiceError};

const TEMPLATES: [Template; 3] = [Template::Sam, Template::CloudFormation, Template::Terraform];

struct NoService;

impl Service for NoService {
    async fn submit(&self, _document: &str) -> Result<String, ServiceError> {
        Err(ServiceError::Rejected(String::new()))
    }

    async fn summary(&self, _ticket: &str) -> Option<String> {
        None
    }
}

struct NoMail;

impl approval::Mail for NoMail {
    async fn ask(
        &self,
        _question: &approval::Question,
        _token: &workflow_runtime::TaskToken<approval::Decision>,
    ) -> Result<(), approval::MailError> {
        Err(approval::MailError::Unavailable)
    }
}

fn application(name: &str, definitions: &[Definition]) -> Application {
    let is_example = name != "warehouse";
    let environment = match is_example {
        true => Vec::new(),
        false => vec![
            Variable::new("SUPPLIERS_DATABASE_URL", "Where the suppliers' addresses are"),
            Variable::new("GOODS_BUCKET_NAME", ""),
        ],
    };
    let program = Program { name: name.to_owned(), is_example, environment };
    Application::new(program, definitions).expect("the workflows are exported")
}

fn applications() -> [Application; 3] {
    let batch = [batch::DigestDocuments::<NoService>::definition(), PollService::<NoService>::definition()];
    [
        application("approval", &[approval::ApproveExpense::<NoMail>::definition()]),
        application("batch", &batch),
        application("warehouse", &warehouse::definitions()),
    ]
}

/// All files under a directory, by their paths in it.
fn files_in(directory: &Path, within: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(directory).into_iter().flatten().flatten();
    let paths = entries.flat_map(|entry| {
        let path = format!("{within}{}", entry.file_name().to_string_lossy());
        match entry.path() {
            inner if inner.is_dir() => files_in(&inner, &format!("{path}/")),
            _ => BTreeSet::from([path]),
        }
    });
    paths.collect()
}

#[test]
fn directories() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for application in applications() {
        let program = &application.program;
        for template in TEMPLATES {
            let directory = root.join("tests/deploy/expected").join(&program.name).join(template.name());
            let (definitions, others): (Vec<_>, Vec<_>) =
                application.files(template).into_iter().partition(|file| is_of_an_example(program, file));
            if env::var_os("BLESS").is_some() {
                write(&directory, &others);
            }
            assert_eq!(files_in(&directory, ""), others.iter().map(|file| file.path.clone()).collect());
            let of_the_example = root.join("examples").join(&program.name);
            others.iter().for_each(|file| assert_file(&directory, file, "BLESS=1"));
            definitions.iter().for_each(|file| assert_file(&of_the_example, file, ".ci/examples write"));
        }
    }
}

/// Whether the example has the file itself: its definitions are the same for all templates.
fn is_of_an_example(program: &Program, file: &File) -> bool {
    program.is_example && file.path.starts_with("statemachine/")
}

fn assert_file(directory: &Path, File { path, text }: &File, writer: &str) {
    let path = directory.join(path);
    let file = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert_eq!(file, *text, "{} is out of date: {writer} writes it anew", path.display());
}

fn write(directory: &Path, files: &[File]) {
    // Where there is none, there is nothing to remove.
    let _ = fs::remove_dir_all(directory);
    for File { path, text } in files {
        let path = directory.join(path);
        fs::create_dir_all(path.parent().expect("it is in the directory")).expect("a directory can be made");
        fs::write(path, text).expect("a file can be written");
    }
}

/// The warehouse, with this environment.
fn program(environment: Vec<Variable>) -> Program {
    Program { name: "warehouse".to_owned(), is_example: false, environment }
}

#[test]
fn an_environment_is_one_that_lambda_takes() {
    let region = Variable::new("AWS_REGION", "Where it is");
    let error = Application::new(program(vec![region]), &warehouse::definitions()).expect_err("it is Lambda's own");
    let text = "a Lambda function cannot have `AWS_REGION` in its environment: a name is at least two letters, digits and underscores that \
                begin with a letter, as in `SERVICE_URL`, and what Lambda sets itself, as `AWS_REGION`, is taken";
    assert_eq!(error.to_string(), text);
}

#[test]
fn a_name_leaves_room_for_that_of_the_deployment() {
    let mut definitions = warehouse::definitions();
    definitions[1].machine.name = "N".repeat(79);
    let error = Application::new(program(Vec::new()), &definitions).expect_err("with a hyphen it is full");
    let text = "`NNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNN` is too long: a deployment puts its own name \
                and a hyphen before it, and Step Functions takes 80 characters in all; give it a shorter name";
    assert_eq!(error.to_string(), text);
}

#[test]
fn a_name_is_one_state_machine() {
    let twice: Vec<_> = warehouse::definitions().into_iter().chain(warehouse::definitions()).collect();
    let error = Application::new(program(Vec::new()), &twice).expect_err("they would share a file");
    let text = "two workflows are called `TakeStock`, and would be one state machine; give one of them another name with \
                `#[workflow(name = \"…\")]`";
    assert_eq!(error.to_string(), text);
}
