//! State machines.

use super::reference::{InTemplate, machine_name, placeholder};
use super::{Dialect, arn_of, log_group, parameters, reference_to, resource, role, sub};
use crate::asl::{Json, Object};
use crate::deploy::application::{Application, Machine, words};
use crate::deploy::policy::References;
use crate::deploy::{Arn, ParameterKind, Part};

pub(super) fn resources(application: &Application, machine: &Machine, dialect: Dialect) -> Vec<(String, Json)> {
    let id = machine.id();
    // The prefix keeps CloudWatch from writing each group into one policy of the account, whose size is limited.
    let logs = sub(format!("/aws/vendedlogs/states/{}", machine_name(&machine.workflow)));
    vec![
        (id.clone(), state_machine(application, machine, dialect)),
        (format!("{id}Role"), machine_role(application, machine)),
        (format!("{id}Logs"), log_group(Some(logs))),
    ]
}

fn state_machine(application: &Application, machine: &Machine, dialect: Dialect) -> Json {
    let (kind, names) = match dialect {
        Dialect::Sam => ("AWS::Serverless::StateMachine", SAM),
        Dialect::CloudFormation => ("AWS::StepFunctions::StateMachine", CLOUD_FORMATION),
    };
    let substitutions = machine.placeholders.iter().map(|it| (it.name.clone(), placeholder(application, &it.name)));
    let substitutions: Object = substitutions.collect();
    let properties = Object::new()
        .with(names.name, sub(machine_name(&machine.workflow)))
        .with(names.kind, if machine.is_express { "EXPRESS" } else { "STANDARD" })
        .with(names.definition, machine.file())
        .maybe("DefinitionSubstitutions", (!substitutions.is_empty()).then_some(substitutions))
        .with(names.role, arn_of(&format!("{}Role", machine.id())))
        .with(names.tracing, Object::new().with("Enabled", true))
        .with(names.logging, logging(machine));
    resource(kind, properties)
}

/// What the properties of a state machine are called.
struct Names {
    name: &'static str,
    kind: &'static str,
    definition: &'static str,
    role: &'static str,
    tracing: &'static str,
    logging: &'static str,
}

const SAM: Names = Names {
    name: "Name",
    kind: "Type",
    definition: "DefinitionUri",
    role: "Role",
    tracing: "Tracing",
    logging: "Logging",
};

const CLOUD_FORMATION: Names = Names {
    name: "StateMachineName",
    kind: "StateMachineType",
    definition: "DefinitionS3Location",
    role: "RoleArn",
    tracing: "TracingConfiguration",
    logging: "LoggingConfiguration",
};

fn logging(machine: &Machine) -> Object {
    let group = Object::new().with("LogGroupArn", arn_of(&format!("{}Logs", machine.id())));
    Object::new()
        .with("Level", machine.log_level())
        .with("IncludeExecutionData", reference_to(parameters::DATA))
        .with("Destinations", vec![Object::new().with("CloudWatchLogsLogGroup", group).into()])
}

fn machine_role(application: &Application, machine: &Machine) -> Json {
    let policy = machine.needs.policy.write(&InTemplate(application));
    let parameters = machine.needs.parameters.values().filter(|it| it.kind == ParameterKind::PolicyArn);
    let managed: Vec<Json> = parameters.map(|it| reference_to(&words(&it.name))).collect();
    role("states.amazonaws.com", Some(trusted(application)), policy, (!managed.is_empty()).then(|| managed.into()))
}

/// Whom the role trusts: the state machines of this account and region alone, lest Step Functions take it on for somebody else's.
///
/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html>.
fn trusted(application: &Application) -> Object {
    let machines = InTemplate(application).arn(&Arn::of("states", [Part::Text("stateMachine:*".to_owned())]));
    let account = reference_to("AWS::AccountId");
    Object::new()
        .with("ArnLike", Object::new().with("aws:SourceArn", machines))
        .with("StringEquals", Object::new().with("aws:SourceAccount", account))
}
