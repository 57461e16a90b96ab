//! How the module refers to what it deploys, and to its variables.

use super::identifier;
use crate::asl::Json;
use crate::deploy::application::{Application, Reference};
use crate::deploy::hcl::{escaped, expression};
use crate::deploy::policy::References;
use crate::deploy::{Arn, Part};

/// What stands for a placeholder.
pub(super) fn placeholder(application: &Application, name: &str) -> String {
    match application.reference(name) {
        Reference::Function => "aws_lambda_function.task_function.arn".to_owned(),
        Reference::FunctionLogs => "\"${aws_cloudwatch_log_group.task_function.arn}:*\"".to_owned(),
        // What the provider calls its identity is its ARN.
        Reference::Activity(activity) => format!("aws_sfn_activity.{}.id", identifier(activity)),
        Reference::Machine(workflow) => format!("aws_sfn_state_machine.{}.arn", identifier(workflow)),
        Reference::Parameter => format!("var.{}", identifier(name)),
    }
}

/// A policy that refers to the resources of its module.
pub(super) struct InModule<'a>(pub(super) &'a Application);

impl References for InModule<'_> {
    fn arn(&self, arn: &Arn) -> Json {
        match arn.parts() {
            [Part::Placeholder(name)] => expression(placeholder(self.0, name)),
            parts => {
                let text: String = parts.iter().map(|part| self.text(part)).collect();
                expression(format!("\"{text}\""))
            }
        }
    }

    fn listed(&self, parameter: &str) -> Json {
        expression(format!("var.{}", identifier(parameter)))
    }
}

impl InModule<'_> {
    /// A part of an ARN within a text in quotes.
    fn text(&self, part: &Part) -> String {
        match part {
            Part::Text(text) => escaped(text),
            Part::Partition => "${data.aws_partition.current.partition}".to_owned(),
            Part::Region => "${data.aws_region.current.region}".to_owned(),
            Part::Account => "${data.aws_caller_identity.current.account_id}".to_owned(),
            Part::Placeholder(name) => format!("${{{}}}", placeholder(self.0, name)),
            Part::StateMachineName(name) => match self.0.reference(name) {
                Reference::Machine(workflow) => format!("${{var.name}}-{}", escaped(workflow)),
                // The seventh field of `arn:aws:states:region:account:stateMachine:Name`.
                _ => format!("${{split(\":\", {})[6]}}", placeholder(self.0, name)),
            },
        }
    }
}
