//! What whoever deploys the module has to say, and what they may.

use super::{Block, expression, identifier};
use crate::asl::Json;
use crate::deploy::application::Application;
use crate::deploy::function::{MEMORIES, MEMORY, MEMORY_IS};
use crate::deploy::hcl::quoted;
use crate::deploy::parameter::RETENTIONS;
use crate::deploy::{Parameter, ParameterKind};

pub(super) fn variables(application: &Application) -> Vec<Block> {
    let name = application.program.name.as_str();
    let name = optional("name", "string", "What the names of all resources begin with", name.into());
    let mut blocks = vec![name.block(name_fits(application))];
    blocks.extend(application.parameters.values().map(variable));
    if application.function.is_some() {
        let policies = "Managed policies that allow what the tasks do on AWS, as ARNs";
        let environment = match application.program.environment.is_empty() {
            true => "The environment variables of the function behind the tasks",
            false => "More environment variables of the function behind the tasks",
        };
        let memory = optional("task_function_memory_size", "number", MEMORY_IS, MEMORY.into());
        blocks.push(memory.block(memory_fits()));
        blocks.push(optional("task_function_policy_arns", "list(string)", policies, Json::Array(Vec::new())));
        blocks.push(optional("task_function_environment", "map(string)", environment, expression("{}")));
    }
    let data = "Whether logs have inputs and outputs of states in them";
    blocks.push(optional("log_execution_data", "bool", data, false.into()));
    let retention = optional("log_retention_in_days", "number", "For how many days logs are kept", 30.into());
    blocks.push(retention.block(retention_fits()));
    blocks
}

/// A function's name has at most 64 characters, and that of what Step Functions has at most 80.
fn name_fits(application: &Application) -> Block {
    let function = application.function.as_ref().map(|_| 64 - "-tasks".len());
    let longest = function.map_or(application.room_for_name(), |most| most.min(application.room_for_name()));
    let message = format!("It must have at most {longest} letters, digits, hyphens and underscores.");
    validation(format!("can(regex(\"^[A-Za-z0-9_-]{{1,{longest}}}$\", var.name))"), message)
}

fn memory_fits() -> Block {
    let (least, most) = (MEMORIES.start(), MEMORIES.end());
    let memory = "var.task_function_memory_size";
    validation(
        format!("{memory} >= {least} && {memory} <= {most}"),
        format!("A function has from {least} to {most} megabytes."),
    )
}

fn retention_fits() -> Block {
    let days = RETENTIONS.map(|days| days.to_string()).join(", ");
    let message = format!("CloudWatch keeps logs for one of these numbers of days: {days}.");
    validation(format!("contains([{days}], var.log_retention_in_days)"), message)
}

fn validation(condition: String, message: String) -> Block {
    Block::new("validation", &[]).with("condition", expression(condition)).with("error_message", message)
}

fn optional(name: &str, kind: &str, description: &str, default: Json) -> Block {
    Block::new("variable", &[name])
        .with("type", expression(kind))
        .with("description", description)
        .with("default", default)
}

fn variable(parameter: &Parameter) -> Block {
    let name = identifier(&parameter.name);
    let (kind, description) = match parameter.kind {
        ParameterKind::Text | ParameterKind::Variable | ParameterKind::PolicyArn => {
            ("string", parameter.description.as_str())
        }
        ParameterKind::List => ("list(string)", parameter.description.as_str()),
    };
    let block = Block::new("variable", &[&name]).with("type", expression(kind)).with("description", description);
    match parameter.pattern() {
        None => block,
        Some(pattern) => {
            let condition = format!("can(regex({}, var.{name}))", quoted(pattern));
            block.block(validation(condition, format!("It must match {pattern}.")))
        }
    }
}
