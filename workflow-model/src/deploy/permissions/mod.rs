//! What the role of a state machine must be able to do, and no more.
//!
//! It is read off the document that Step Functions gets: each state that calls something is found there with its arguments, whatever
//! branch it is in. What is called is written into the definition, stands behind one of its placeholders, or is known at run time
//! only; of the last the user says what it may be.

mod argument;
mod distributed;
mod http;
mod nested;
mod observe;
mod service;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use super::parameter::{Parameter, ParameterKind};
use super::{Arn, Part, Policy, Resource, Statement};
use crate::asl::{self, Json, WriteError};
use crate::definition::Definition;
use crate::integrations::Integration;
use crate::name::pascal_case;

use self::argument::Resolved;

/// What a state machine needs of the account that it runs in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Needs {
    /// What its role may do.
    pub policy: Policy,
    /// What the policy cannot know. Of those that are the ARN of a policy, the role gets the policy too.
    pub parameters: BTreeMap<String, Parameter>,
}

/// What the state machine of a workflow needs.
///
/// # Errors
///
/// As [`asl::write`].
///
/// ```
/// use workflow_model::{Definition, State, StateMachine, deploy, states};
///
/// let done = State {
///     name: "done".into(),
///     asl_name: "Done".into(),
///     comment: None,
///     input: None,
///     assign: Vec::new(),
///     formerly: Vec::new(),
///     kind: states::StateKind::Succeed(states::Succeed {}),
/// };
/// let machine =
///     StateMachine { name: "Nothing".into(), start: Some("done".into()), states: vec![done], ..StateMachine::default() };
/// let needs = deploy::needs(&Definition { machine, ..Definition::default() })?;
/// let sids: Vec<_> = needs.policy.statements().iter().map(|statement| statement.sid.as_str()).collect();
/// assert_eq!(sids, ["WriteTraces", "DeliverLogs"]);
/// # Ok::<(), workflow_model::asl::WriteError>(())
/// ```
pub fn needs(definition: &Definition) -> Result<Needs, WriteError> {
    let document = asl::document(definition)?;
    Ok(of_document(&definition.machine.name, &document))
}

/// What a document needs that is the definition of a workflow of this name.
pub(super) fn of_document(workflow: &str, document: &Json) -> Needs {
    let mut collector = Collector { workflow, needs: Needs::default() };
    for (name, state) in states(document) {
        collector.state(name, state);
    }
    observe::allow(&mut collector.needs.policy);
    collector.needs
}

/// All states of a document with their names, those of branches behind the state that they are in.
pub(super) fn states(document: &Json) -> Vec<(&str, &Json)> {
    let Some(Json::Object(states)) = document.at(&["States"]) else { return Vec::new() };
    let within = |state| {
        let branches = match Json::at(state, &["Branches"]) {
            Some(Json::Array(branches)) => branches.as_slice(),
            _ => &[],
        };
        branches.iter().chain(state.at(&["ItemProcessor"])).flat_map(self::states)
    };
    states.members().flat_map(|(name, state)| std::iter::once((name, state)).chain(within(state))).collect()
}

/// Gathers what the states of a workflow need.
struct Collector<'a> {
    workflow: &'a str,
    needs: Needs,
}

/// What a state gives to what it calls. `None`: its whole input, whatever that is.
type Arguments<'a> = Option<&'a Json>;

impl Collector<'_> {
    fn state(&mut self, name: &str, state: &Json) {
        match state.at(&["Type"]).and_then(Json::as_text) {
            Some("Task") => self.task(name, state),
            Some("Map") if state.at(&["ItemProcessor", "ProcessorConfig", "Mode"]) == Some(&"DISTRIBUTED".into()) => {
                distributed::collect(self, name, state);
            }
            _ => {}
        }
    }

    /// A task of an activity needs nothing: its workers need to take it.
    fn task(&mut self, name: &str, state: &Json) {
        let resource = state.at(&["Resource"]).and_then(Json::as_text);
        let Some(integration) = resource.and_then(|resource| Integration::read(resource).ok()) else { return };
        let arguments = state.at(&["Arguments"]);
        match (integration.service.as_str(), integration.action.as_str()) {
            ("states", "startExecution") => nested::collect(self, name, integration.pattern, arguments),
            ("http", _) => http::collect(self, name, arguments),
            _ => service::collect(self, name, &integration, arguments),
        }
    }

    /// Allows actions on the resources that `templates` come to with these arguments; on those that the user lists, where no argument
    /// names one.
    fn allow(&mut self, state: &str, sid: &str, actions: &[String], templates: &[&str], arguments: Arguments<'_>) {
        let mut resources = BTreeSet::new();
        let mut is_known = true;
        for template in templates {
            match argument::resolve(template, arguments) {
                Resolved::Arn(arn) => drop(resources.insert(Resource::Arn(arn))),
                Resolved::Asked { parameter, for_url } => {
                    let description = format!("The ARN of the queue whose URL is {for_url}");
                    self.ask(Parameter::new(&parameter, ParameterKind::Text, description));
                    resources.insert(Resource::Arn(Arn::placeholder(&parameter)));
                }
                Resolved::Absent => {}
                Resolved::Unknown => is_known = false,
            }
        }
        if !is_known || resources.is_empty() {
            resources = BTreeSet::from([self.listed(state, actions)]);
        }
        self.needs.policy.allow(Statement::new(sid, actions.iter().map(String::as_str), resources));
    }

    /// A parameter that lists what some actions of a state are for.
    fn listed(&mut self, state: &str, actions: &[String]) -> Resource {
        let first = actions.first().map(String::as_str).unwrap_or_default();
        let action = first.split_once(':').map_or(first, |(_, action)| action);
        let name = format!("{}Arns", self.parameter_name(state, action));
        let description = format!(
            "What {} may be done to in the state {state} of {}: ARNs with commas between them",
            actions.join(", "),
            self.workflow
        );
        self.ask(Parameter::new(&name, ParameterKind::List, description));
        Resource::Listed(name)
    }

    /// The name of a parameter that belongs to a state.
    fn parameter_name(&self, state: &str, what: &str) -> String {
        let word = |text: &str| -> String {
            text.split(|character: char| !character.is_ascii_alphanumeric()).map(pascal_case).collect()
        };
        format!("{}{}{}", word(self.workflow), word(state), word(what))
    }

    fn ask(&mut self, parameter: Parameter) {
        self.needs.parameters.insert(parameter.name.clone(), parameter);
    }

    /// What the state machine itself is called.
    fn own_name(&self) -> Part {
        Part::StateMachineName(format!("{}StateMachineArn", self.workflow))
    }
}

/// An EventBridge rule of Step Functions' own.
fn rule(name: &str) -> Resource {
    Resource::Arn(Arn::of("events", [Part::Text(format!("rule/{name}"))]))
}

/// What Step Functions needs to hear of the end of what it started.
const RULE_ACTIONS: [&str; 3] = ["events:DescribeRule", "events:PutRule", "events:PutTargets"];

#[cfg(test)]
mod tests;
