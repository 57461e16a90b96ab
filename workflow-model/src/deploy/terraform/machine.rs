//! State machines.

use super::reference::{InModule, placeholder};
use super::{attachment, identifier, log_group, named, role};
use crate::asl::{Json, Object};
use crate::deploy::ParameterKind;
use crate::deploy::application::{Application, Machine};
use crate::deploy::hcl::{Block, Value, escaped, expression};

pub(super) fn blocks(application: &Application, machine: &Machine) -> Vec<Block> {
    let id = format!("{}_state_machine", identifier(&machine.workflow));
    let policy = machine.needs.policy.write(&InModule(application));
    // Only state machines of this account may take it on.
    let account = Object::new().with("aws:SourceAccount", expression("data.aws_caller_identity.current.account_id"));
    let condition = Object::new().with("StringEquals", account);
    let [own_role, own_policy] = role(&id, prefix(&machine.workflow), "states.amazonaws.com", Some(condition), policy);
    let parameters = machine.needs.parameters.values().filter(|it| it.kind == ParameterKind::PolicyArn);
    let managed: Vec<_> = parameters.map(|it| format!("var.{}", identifier(&it.name))).collect();
    let attached = (!managed.is_empty()).then(|| attachment(&id, &format!("toset([{}])", managed.join(", "))));
    // The prefix keeps CloudWatch from writing each group into one policy of the account, whose size is limited.
    let group = expression(format!("\"/aws/vendedlogs/states/${{var.name}}-{}\"", escaped(&machine.workflow)));
    let mut blocks = vec![state_machine(application, machine, &id), own_role, own_policy];
    blocks.extend(attached);
    blocks.push(log_group(&id, group));
    blocks
}

/// The beginning of a role's name, of which AWS takes 38 characters.
fn prefix(workflow: &str) -> Json {
    expression(format!("substr(\"${{var.name}}-{}-\", 0, 38)", escaped(workflow)))
}

fn state_machine(application: &Application, machine: &Machine, id: &str) -> Block {
    let logging = Block::new("logging_configuration", &[])
        .with("log_destination", expression(format!("\"${{aws_cloudwatch_log_group.{id}.arn}}:*\"")))
        .with("include_execution_data", expression("var.log_execution_data"))
        .with("level", machine.log_level());
    Block::new("resource", &["aws_sfn_state_machine", &identifier(&machine.workflow)])
        .with("name", named(&machine.workflow))
        .with("type", if machine.is_express { "EXPRESS" } else { "STANDARD" })
        .with("role_arn", expression(format!("aws_iam_role.{id}.arn")))
        .with("definition", definition(application, machine))
        .block(logging)
        .block(Block::new("tracing_configuration", &[]).with("enabled", true))
        // Step Functions looks whether the role may write the logs.
        .with("depends_on", vec![expression(format!("aws_iam_role_policy.{id}"))])
}

fn definition(application: &Application, machine: &Machine) -> Value {
    let path = expression(format!("\"${{path.module}}/{}\"", machine.file()));
    let values = machine.placeholders.iter();
    let values: Object =
        values.map(|it| (it.name.clone(), expression(placeholder(application, &it.name)))).collect::<Object>();
    Value::Call("templatefile", vec![Value::Json(path), Value::Json(Json::Object(values))])
}
