//! Templates of CloudFormation, and of SAM, which differ in how they write functions and state machines.
//!
//! Both name the built function and the definitions by their paths: `aws cloudformation package` and `sam deploy` upload them. A
//! definition in the template itself could make it larger than CloudFormation takes.

mod function;
mod machine;
mod parameters;
mod reference;

use super::application::{Application, words};
use super::template::Template;
use super::yaml;
use crate::asl::{Json, Object};

/// How functions and state machines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    CloudFormation,
    Sam,
}

/// The text of `template.yaml`.
pub(super) fn write(application: &Application, dialect: Dialect) -> String {
    let template = match dialect {
        Dialect::CloudFormation => Template::CloudFormation,
        Dialect::Sam => Template::Sam,
    };
    let header = format!(
        "# Written by `{} export --template {}`, which writes it anew when the workflows have changed.\n",
        application.program.name,
        template.name(),
    );
    header + &yaml::write(&document(application, dialect))
}

fn document(application: &Application, dialect: Dialect) -> Object {
    let workflows: Vec<_> = application.machines.iter().map(|machine| machine.workflow.as_str()).collect();
    Object::new()
        .with("AWSTemplateFormatVersion", "2010-09-09")
        .maybe("Transform", (dialect == Dialect::Sam).then_some("AWS::Serverless-2016-10-31"))
        .with("Description", format!("The workflows {}", workflows.join(", ")))
        .maybe("Metadata", (dialect == Dialect::CloudFormation).then(metadata))
        .with("Parameters", parameters::parameters(application))
        .maybe("Conditions", application.function.as_ref().map(|_| parameters::conditions()))
        .with("Resources", resources(application, dialect))
        .with("Outputs", outputs(application))
}

/// cfn-lint warns of each path that `aws cloudformation package` has to replace, which all paths here are meant for.
fn metadata() -> Object {
    let config = Object::new().with("ignore_checks", vec!["W3002".into()]);
    Object::new().with("cfn-lint", Object::new().with("config", config))
}

fn resources(application: &Application, dialect: Dialect) -> Object {
    let mut resources: Vec<(String, Json)> = Vec::new();
    if let Some(function) = &application.function {
        resources.extend(function::resources(application, function, dialect));
    }
    resources.extend(application.activities.iter().map(|name| (activity_id(name), activity(name))));
    for machine in &application.machines {
        resources.extend(machine::resources(application, machine, dialect));
    }
    resources.into_iter().collect()
}

fn activity_id(name: &str) -> String {
    format!("{}Activity", words(name))
}

fn activity(name: &str) -> Json {
    resource("AWS::StepFunctions::Activity", Object::new().with("Name", sub(format!("${{AWS::StackName}}-{name}"))))
}

fn outputs(application: &Application) -> Object {
    let output = |id: String, description: String| {
        let value = Object::new().with("Description", description).with("Value", arn_of(&id));
        (format!("{id}Arn"), Json::from(value))
    };
    let function = application.function.as_ref().into_iter().flat_map(|_| {
        [
            output(function::ID.to_owned(), "The function behind the tasks".to_owned()),
            output(format!("{}Role", function::ID), "The role of the function behind the tasks".to_owned()),
        ]
    });
    let activities = application
        .activities
        .iter()
        .map(|name| output(activity_id(name), format!("The activity {name}, for its workers")));
    let machines = application
        .machines
        .iter()
        .map(|machine| output(machine.id(), format!("The state machine of {}", machine.workflow)));
    function.chain(activities).chain(machines).collect()
}

/// A resource of a type.
fn resource(kind: &str, properties: Object) -> Json {
    Object::new().with("Type", kind).with("Properties", properties).into()
}

/// A role that a service takes on, with the policy that it needs and those that the user gives.
fn role(service: &str, condition: Option<Object>, policy: Json, managed: Option<Json>) -> Json {
    let trust = Object::new()
        .with("Effect", "Allow")
        .with("Principal", Object::new().with("Service", service))
        .with("Action", "sts:AssumeRole")
        .maybe("Condition", condition);
    let trusted = Object::new().with("Version", "2012-10-17").with("Statement", vec![trust.into()]);
    let inline = Object::new().with("PolicyName", "Needs").with("PolicyDocument", policy);
    let properties = Object::new()
        .with("AssumeRolePolicyDocument", trusted)
        .with("Policies", vec![inline.into()])
        .maybe("ManagedPolicyArns", managed);
    resource("AWS::IAM::Role", properties)
}

/// A group of logs, which goes when the stack goes.
fn log_group(name: Option<Json>) -> Json {
    let properties =
        Object::new().maybe("LogGroupName", name).with("RetentionInDays", reference_to(parameters::RETENTION));
    Object::new()
        .with("Type", "AWS::Logs::LogGroup")
        .with("DeletionPolicy", "Delete")
        .with("UpdateReplacePolicy", "Delete")
        .with("Properties", properties)
        .into()
}

fn sub(text: impl Into<String>) -> Json {
    Object::new().with("Fn::Sub", text.into()).into()
}

fn reference_to(name: &str) -> Json {
    Object::new().with("Ref", name).into()
}

fn arn_of(id: &str) -> Json {
    Object::new().with("Fn::GetAtt", vec![id.into(), "Arn".into()]).into()
}
