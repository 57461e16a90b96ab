//! What whoever deploys the module has to say, and what they may.

use super::{Block, expression, identifier};
use crate::asl::Json;
use crate::deploy::application::Application;
use crate::deploy::hcl::quoted;
use crate::deploy::{Parameter, ParameterKind};

pub(super) fn variables(application: &Application) -> Vec<Block> {
    let name = application.program.name.as_str();
    let mut blocks = vec![optional("name", "string", "What the names of all resources begin with", name.into())];
    blocks.extend(application.parameters.values().map(variable));
    if application.function.is_some() {
        let policies = "Managed policies that allow what the tasks do on AWS, as ARNs";
        let environment = "The environment variables of the function behind the tasks";
        blocks.push(optional("task_function_policy_arns", "list(string)", policies, Json::Array(Vec::new())));
        blocks.push(optional("task_function_environment", "map(string)", environment, expression("{}")));
    }
    let data = "Whether logs have inputs and outputs of states in them";
    blocks.push(optional("log_execution_data", "bool", data, false.into()));
    blocks.push(optional("log_retention_in_days", "number", "For how many days logs are kept", 30.into()));
    blocks
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
        ParameterKind::Text | ParameterKind::PolicyArn => ("string", parameter.description.as_str()),
        ParameterKind::List => ("list(string)", parameter.description.as_str()),
    };
    let block = Block::new("variable", &[&name]).with("type", expression(kind)).with("description", description);
    match parameter.pattern() {
        None => block,
        Some(pattern) => {
            let condition = format!("can(regex({}, var.{name}))", quoted(pattern));
            let message = format!("It must match {pattern}.");
            block.block(
                Block::new("validation", &[]).with("condition", expression(condition)).with("error_message", message),
            )
        }
    }
}
