//! The function behind the tasks.

use super::reference::InModule;
use super::{attachment, log_group, named, role};
use crate::deploy::application::Application;
use crate::deploy::function::{ARCHITECTURE, Function, HANDLER, MEMORY, RUNTIME, policy};
use crate::deploy::hcl::{Block, expression};

/// What its resources are called.
const ID: &str = "task_function";

pub(super) fn blocks(application: &Application, function: &Function) -> Vec<Block> {
    let [own_role, own_policy] =
        role(ID, named("tasks-"), "lambda.amazonaws.com", None, policy().write(&InModule(application)));
    let group = expression("\"/aws/lambda/${var.name}-tasks\"");
    vec![
        lambda(application, function),
        own_role,
        own_policy,
        attachment(ID, "toset(var.task_function_policy_arns)"),
        log_group(ID, group),
    ]
}

fn lambda(application: &Application, function: &Function) -> Block {
    let archive = format!("\"${{path.module}}/{}\"", application.program.archive());
    let group = expression(format!("aws_cloudwatch_log_group.{ID}.name"));
    Block::new("resource", &["aws_lambda_function", ID])
        .with("function_name", named("tasks"))
        .with("description", format!("Runs the tasks of {}", application.program.name))
        .with("filename", expression(archive.clone()))
        .with("source_code_hash", expression(format!("filebase64sha256({archive})")))
        .with("handler", HANDLER)
        .with("runtime", RUNTIME)
        .with("architectures", vec![ARCHITECTURE.into()])
        .with("memory_size", MEMORY)
        .with("timeout", function.timeout())
        .with("role", expression(format!("aws_iam_role.{ID}.arn")))
        .block(Block::new("environment", &[]).with("variables", expression("var.task_function_environment")))
        .block(Block::new("tracing_config", &[]).with("mode", "Active"))
        .block(Block::new("logging_config", &[]).with("log_format", "JSON").with("log_group", group))
}
