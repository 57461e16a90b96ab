//! A module of Terraform, which OpenTofu reads as well.
//!
//! The definitions are templates of Terraform as they are: each placeholder is a variable of `templatefile`, and nothing else in them looks
//! like one.

mod function;
mod machine;
mod outputs;
mod reference;
mod variables;

use super::application::{Application, Machine};
use super::hcl::{self, Block, Value, expression};
use super::template::File;
use crate::asl::{Json, Object};
use crate::name::snake_case;

/// `main.tf`, `variables.tf` and `outputs.tf`.
pub(super) fn write(application: &Application) -> Vec<File> {
    let header = format!(
        "# Written by `{} export --template terraform`, which writes it anew when the workflows have changed.\n\n",
        application.program.name
    );
    let file =
        |path: &str, blocks: &[Block]| File { path: path.to_owned(), text: header.clone() + &hcl::write(blocks) };
    vec![
        file("main.tf", &main(application)),
        file("variables.tf", &variables::variables(application)),
        file("outputs.tf", &outputs::outputs(application)),
    ]
}

fn main(application: &Application) -> Vec<Block> {
    let mut blocks = vec![versions()];
    blocks.extend(
        ["aws_caller_identity", "aws_partition", "aws_region"].map(|data| Block::new("data", &[data, "current"])),
    );
    if let Some(function) = &application.function {
        blocks.extend(function::blocks(application, function));
    }
    blocks.extend(
        application
            .activities
            .iter()
            .map(|name| Block::new("resource", &["aws_sfn_activity", &identifier(name)]).with("name", named(name))),
    );
    blocks.extend(application.machines.iter().flat_map(|machine| machine::blocks(application, machine)));
    blocks
}

/// The providers' versions whose resources and attributes are used.
fn versions() -> Block {
    let aws = Object::new().with("source", "hashicorp/aws").with("version", ">= 6.0");
    let providers = Block::new("required_providers", &[]).with("aws", aws);
    Block::new("terraform", &[]).with("required_version", ">= 1.5").block(providers)
}

/// The output that is the ARN of a state machine.
pub(super) fn output_of(machine: &Machine) -> String {
    format!("{}_state_machine_arn", identifier(&machine.workflow))
}

/// A name in Terraform: letters, digits and underscores.
pub(super) fn identifier(name: &str) -> String {
    let word = |character: char| if character.is_ascii_alphanumeric() { character } else { '_' };
    let name: String = snake_case(name).chars().map(word).collect();
    if name.starts_with(|first: char| first.is_ascii_digit()) { format!("_{name}") } else { name }
}

/// A name that begins with the application's.
fn named(name: &str) -> Json {
    expression(format!("\"${{var.name}}-{}\"", hcl::escaped(name)))
}

/// A role that a service takes on, with its policy. AWS takes 38 characters of what its name begins with.
fn role(id: &str, name: &str, service: &str, condition: Option<Object>, policy: Json) -> [Block; 2] {
    let trust = Object::new()
        .with("Effect", "Allow")
        .with("Principal", Object::new().with("Service", service))
        .with("Action", "sts:AssumeRole")
        .maybe("Condition", condition);
    let trusted = Object::new().with("Version", "2012-10-17").with("Statement", vec![trust.into()]);
    [
        Block::new("resource", &["aws_iam_role", id])
            .with("name_prefix", expression(format!("substr(\"${{var.name}}-{}-\", 0, 38)", hcl::escaped(name))))
            .with("assume_role_policy", json(trusted.into())),
        Block::new("resource", &["aws_iam_role_policy", id])
            .with("name", "needs")
            .with("role", expression(format!("aws_iam_role.{id}.id")))
            .with("policy", json(policy)),
    ]
}

/// Policies of the user's that a role gets too.
fn attachment(id: &str, policies: &str) -> Block {
    Block::new("resource", &["aws_iam_role_policy_attachment", id])
        .with("for_each", expression(policies))
        .with("role", expression(format!("aws_iam_role.{id}.name")))
        .with("policy_arn", expression("each.value"))
}

fn log_group(id: &str, name: Json) -> Block {
    Block::new("resource", &["aws_cloudwatch_log_group", id])
        .with("name", name)
        .with("retention_in_days", expression("var.log_retention_in_days"))
}

fn json(document: Json) -> Value {
    Value::Call("jsonencode", vec![document.into()])
}
