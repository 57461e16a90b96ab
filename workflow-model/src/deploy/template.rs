//! The files of a directory that deploys an application.

use super::application::{Application, words};
use super::cloudformation::{self, Dialect};
use super::{readme, terraform};

/// What deploys an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Template {
    /// The AWS Serverless Application Model.
    Sam,
    /// CloudFormation on its own.
    CloudFormation,
    /// A module of Terraform.
    Terraform,
}

impl Template {
    /// What it is called on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Template::Sam => "sam",
            Template::CloudFormation => "cloudformation",
            Template::Terraform => "terraform",
        }
    }

    /// What a parameter is called in it.
    pub(super) fn parameter(self, name: &str) -> String {
        match self {
            Template::Sam | Template::CloudFormation => words(name),
            Template::Terraform => terraform::identifier(name),
        }
    }
}

/// A file of the directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Where it is in the directory, with `/` between folders.
    pub path: String,
    /// What is in it.
    pub text: String,
}

impl Application {
    /// The template alone, as the files that it consists of.
    pub fn template(&self, template: Template) -> Vec<File> {
        let file = |path: &str, text: String| File { path: path.to_owned(), text };
        match template {
            Template::Terraform => terraform::write(self),
            Template::Sam => vec![file("template.yaml", cloudformation::write(self, Dialect::Sam))],
            Template::CloudFormation => {
                vec![file("template.yaml", cloudformation::write(self, Dialect::CloudFormation))]
            }
        }
    }

    /// All files of a directory that deploys the application: the template, the definitions, and a `README.md` with the commands.
    pub fn files(&self, template: Template) -> Vec<File> {
        let readme = File { path: "README.md".to_owned(), text: readme::write(self, template) };
        let definitions = self.machines.iter().map(|it| File { path: it.file(), text: it.definition.clone() });
        [readme].into_iter().chain(self.template(template)).chain(definitions).collect()
    }
}
