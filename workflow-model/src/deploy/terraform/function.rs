//! The function behind the tasks.

use super::reference::InModule;
use super::{attachment, identifier, log_group, named, role};
use crate::asl::{Json, Object};
use crate::deploy::application::Application;
use crate::deploy::environment;
use crate::deploy::function::{ARCHITECTURE, Function, HANDLER, RUNTIME, policy};
use crate::deploy::hcl::{Block, Value, expression};

/// What its resources are called.
const ID: &str = "task_function";

pub(super) fn blocks(application: &Application, function: &Function) -> Vec<Block> {
    let [own_role, own_policy] =
        role(ID, "tasks", "lambda.amazonaws.com", None, policy().write(&InModule(application)));
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
        .with("memory_size", expression("var.task_function_memory_size"))
        .with("timeout", function.timeout())
        .with("role", expression(format!("aws_iam_role.{ID}.arn")))
        .block(Block::new("environment", &[]).with("variables", variables(application)))
        .block(Block::new("tracing_config", &[]).with("mode", "Active"))
        .block(Block::new("logging_config", &[]).with("log_format", "JSON").with("log_group", group))
        .with("depends_on", vec![expression(format!("aws_iam_role_policy.{ID}"))])
}

/// What the program reads in its environment, each from a variable, and what whoever deploys it adds.
fn variables(application: &Application) -> Value {
    let more = expression("var.task_function_environment");
    let named = application.program.environment.iter();
    let named: Object = named.map(|it| (it.name.clone(), of_parameter(&it.name))).collect();
    match named.is_empty() {
        true => more.into(),
        false => Value::Call("merge", vec![Value::Json(named.into()), more.into()]),
    }
}

fn of_parameter(variable: &str) -> Json {
    expression(format!("var.{}", identifier(&environment::parameter(variable))))
}
