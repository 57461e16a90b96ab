//! How a template refers to what it deploys, and to its parameters.

use super::{activity_id, arn_of, function, reference_to, sub};
use crate::asl::{Json, Object};
use crate::deploy::application::{Application, Reference, words};
use crate::deploy::policy::References;
use crate::deploy::{Arn, Part};

/// What stands for a placeholder.
pub(super) fn placeholder(application: &Application, name: &str) -> Json {
    match resource(application, name) {
        Some(id) => arn_of(&id),
        None => reference_to(&words(name)),
    }
}

/// The resource behind a placeholder; none where it is a parameter.
fn resource(application: &Application, name: &str) -> Option<String> {
    match application.reference(name) {
        Reference::Function => Some(function::ID.to_owned()),
        Reference::FunctionLogs => Some(format!("{}Logs", function::ID)),
        Reference::Activity(activity) => Some(activity_id(activity)),
        Reference::Machine(workflow) => Some(format!("{}StateMachine", words(workflow))),
        Reference::Parameter => None,
    }
}

/// What the state machine of a workflow is called.
pub(super) fn machine_name(workflow: &str) -> String {
    format!("${{AWS::StackName}}-{workflow}")
}

/// A policy that refers to the resources of its template.
pub(super) struct InTemplate<'a>(pub(super) &'a Application);

impl References for InTemplate<'_> {
    fn arn(&self, arn: &Arn) -> Json {
        if let [Part::Placeholder(name)] = arn.parts() {
            return placeholder(self.0, name);
        }
        let names: Object = arn.parts().iter().filter_map(|part| self.variable(part)).collect();
        let text: String = arn.parts().iter().map(|part| self.text(part)).collect();
        match text.contains("${") {
            true if !names.is_empty() => Object::new().with("Fn::Sub", vec![text.into(), names.into()]).into(),
            true => sub(text),
            false => text.into(),
        }
    }

    fn listed(&self, parameter: &str) -> Json {
        reference_to(parameter)
    }
}

impl InTemplate<'_> {
    /// A part of an ARN within the text of a `Fn::Sub`.
    fn text(&self, part: &Part) -> String {
        match part {
            // What is no reference must not look like one.
            Part::Text(text) => text.replace("${", "${!"),
            Part::Partition => "${AWS::Partition}".to_owned(),
            Part::Region => "${AWS::Region}".to_owned(),
            Part::Account => "${AWS::AccountId}".to_owned(),
            Part::Placeholder(name) => match resource(self.0, name) {
                Some(id) => format!("${{{id}.Arn}}"),
                None => format!("${{{}}}", words(name)),
            },
            Part::StateMachineName(name) => match self.0.reference(name) {
                Reference::Machine(workflow) => machine_name(workflow),
                _ => format!("${{{}}}", name_variable(name)),
            },
        }
    }

    /// A name that is read off a parameter, which a `Fn::Sub` takes as a variable of its own.
    fn variable(&self, part: &Part) -> Option<(String, Json)> {
        match part {
            Part::StateMachineName(name) if !matches!(self.0.reference(name), Reference::Machine(_)) => {
                Some((name_variable(name), name_in_arn(&words(name))))
            }
            _ => None,
        }
    }
}

/// `PollStateMachineName` for `PollStateMachineArn`.
fn name_variable(arn: &str) -> String {
    format!("{}Name", words(arn.strip_suffix("Arn").unwrap_or(arn)))
}

/// The name in `arn:aws:states:region:account:stateMachine:Name`.
fn name_in_arn(parameter: &str) -> Json {
    let fields = Object::new().with("Fn::Split", vec![":".into(), reference_to(parameter)]);
    Object::new().with("Fn::Select", vec![6.into(), fields.into()]).into()
}
