//! State machines.

use super::reference::{InModule, placeholder};
use super::{attachment, identifier, log_group, named, role};
use crate::asl::{Json, Object};
use crate::deploy::application::{Application, Machine};
use crate::deploy::hcl::{Block, Value, escaped, expression};
use crate::deploy::policy::References;
use crate::deploy::{Arn, ParameterKind, Part};

pub(super) fn blocks(application: &Application, machine: &Machine) -> Vec<Block> {
    let id = format!("{}_state_machine", identifier(&machine.workflow));
    let policy = machine.needs.policy.write(&InModule(application));
    let trusted = Some(trusted(application));
    let [own_role, own_policy] = role(&id, &machine.workflow, "states.amazonaws.com", trusted, policy);
    let parameters = machine.needs.parameters.values().filter(|it| it.kind == ParameterKind::PolicyArn);
    let managed: Vec<_> = parameters.map(|it| format!("var.{}", identifier(&it.name))).collect();
    let attached = (!managed.is_empty()).then(|| attachment(&id, &format!("toset([{}])", managed.join(", "))));
    // The prefix keeps CloudWatch from writing each group into one policy of the account, whose size is limited.
    let group = expression(format!("\"/aws/vendedlogs/states/${{var.name}}-{}\"", escaped(&machine.workflow)));
    let mut dependencies = vec![expression(format!("aws_iam_role_policy.{id}"))];
    dependencies.extend(attached.as_ref().map(|_| expression(format!("aws_iam_role_policy_attachment.{id}"))));
    let mut blocks = vec![state_machine(application, machine, &id, dependencies), own_role, own_policy];
    blocks.extend(attached);
    blocks.push(log_group(&id, group));
    blocks
}

/// Whom the role trusts: the state machines of this account and region alone, lest Step Functions take it on for somebody else's.
///
/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html>.
fn trusted(application: &Application) -> Object {
    let machines = InModule(application).arn(&Arn::of("states", [Part::Text("stateMachine:*".to_owned())]));
    let account = expression("data.aws_caller_identity.current.account_id");
    Object::new()
        .with("ArnLike", Object::new().with("aws:SourceArn", machines))
        .with("StringEquals", Object::new().with("aws:SourceAccount", account))
}

fn state_machine(application: &Application, machine: &Machine, id: &str, dependencies: Vec<Json>) -> Block {
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
        // Step Functions looks whether the role may write the logs, and hear of the end of what it starts.
        .with("depends_on", dependencies)
}

fn definition(application: &Application, machine: &Machine) -> Value {
    let path = expression(format!("\"${{path.module}}/{}\"", machine.file()));
    let values = machine.placeholders.iter();
    let values: Object =
        values.map(|it| (it.name.clone(), expression(placeholder(application, &it.name)))).collect::<Object>();
    Value::Call("templatefile", vec![Value::Json(path), Value::Json(Json::Object(values))])
}
