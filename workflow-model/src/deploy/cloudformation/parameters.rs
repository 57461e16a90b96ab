//! What whoever deploys a template has to say, and what they may.

use super::reference_to;
use crate::asl::{Json, Object};
use crate::deploy::application::{Application, words};
use crate::deploy::function::{MEMORIES, MEMORY, MEMORY_IS};
use crate::deploy::parameter::RETENTIONS;
use crate::deploy::{Parameter, ParameterKind};

/// For how many days logs are kept.
pub(super) const RETENTION: &str = "LogRetentionInDays";
/// Whether logs have the data of executions in them.
pub(super) const DATA: &str = "LogExecutionData";
/// How much memory the function has.
pub(super) const MEMORY_SIZE: &str = "TaskFunctionMemorySize";
/// What the function may do besides.
pub(super) const POLICIES: &str = "TaskFunctionPolicyArns";
/// Whether it may do anything besides.
const HAS_POLICIES: &str = "HasTaskFunctionPolicies";

pub(super) fn parameters(application: &Application) -> Object {
    let own = application.parameters.values().map(|it| (words(&it.name), parameter(it).into()));
    let function = application.function.as_ref().into_iter();
    let function =
        function.flat_map(|_| [(MEMORY_SIZE.to_owned(), memory().into()), (POLICIES.to_owned(), policies().into())]);
    own.chain(function).chain([(DATA.to_owned(), data().into()), (RETENTION.to_owned(), retention().into())]).collect()
}

fn parameter(parameter: &Parameter) -> Object {
    let kind = match parameter.kind {
        ParameterKind::Text | ParameterKind::Variable | ParameterKind::PolicyArn => "String",
        ParameterKind::List => "CommaDelimitedList",
    };
    let pattern = parameter.pattern();
    Object::new()
        .with("Type", kind)
        .with("Description", parameter.description.as_str())
        .maybe("AllowedPattern", pattern)
        .maybe("MinLength", (kind == "String" && pattern.is_none()).then_some(1))
}

fn memory() -> Object {
    Object::new()
        .with("Type", "Number")
        .with("Default", MEMORY)
        .with("MinValue", *MEMORIES.start())
        .with("MaxValue", *MEMORIES.end())
        .with("Description", MEMORY_IS)
}

fn policies() -> Object {
    let description = "Managed policies that allow what the tasks do on AWS: ARNs with commas between them";
    Object::new().with("Type", "CommaDelimitedList").with("Default", "").with("Description", description)
}

fn data() -> Object {
    Object::new()
        .with("Type", "String")
        .with("Default", "false")
        .with("AllowedValues", vec!["true".into(), "false".into()])
        .with("Description", "Whether logs have inputs and outputs of states in them")
}

fn retention() -> Object {
    Object::new()
        .with("Type", "Number")
        .with("Default", 30)
        .with("AllowedValues", RETENTIONS.map(Json::from).to_vec())
        .with("Description", "For how many days logs are kept")
}

pub(super) fn conditions() -> Object {
    let joined = Object::new().with("Fn::Join", vec!["".into(), reference_to(POLICIES)]);
    let is_empty = Object::new().with("Fn::Equals", vec![joined.into(), "".into()]);
    Object::new().with(HAS_POLICIES, Object::new().with("Fn::Not", vec![is_empty.into()]))
}

/// The policies of the function's that were given.
pub(super) fn function_policies() -> Json {
    let none = reference_to("AWS::NoValue");
    Object::new().with("Fn::If", vec![HAS_POLICIES.into(), reference_to(POLICIES), none]).into()
}
