//! Services of AWS, Lambda functions among them.

use super::table::{self, Grant, Row};
use super::{Arguments, Collector, RULE_ACTIONS, rule};
use crate::deploy::{Parameter, ParameterKind, Resource, Statement};
use crate::integrations::Integration;
use crate::name::pascal_case;

pub(super) fn collect(collector: &mut Collector<'_>, state: &str, integration: &Integration, arguments: Arguments<'_>) {
    let rows = table::rows(integration);
    if rows.is_empty() {
        ask_for_policy(collector, state, integration);
    }
    for Row { grant, resources } in rows {
        match grant {
            Grant::Policy => ask_for_policy(collector, state, integration),
            Grant::Rule => {
                let rules = resources.iter().map(|name| rule(name));
                collector.needs.policy.allow(Statement::new("HearOfTheEndOfJobs", RULE_ACTIONS, rules));
            }
            Grant::Actions(actions) => {
                let sid = sid(&actions);
                if resources == ["*"] {
                    let actions = actions.iter().map(String::as_str);
                    collector.needs.policy.allow(Statement::new(&sid, actions, [Resource::All]));
                } else {
                    collector.allow(state, &sid, &actions, &resources, arguments);
                }
            }
        }
    }
}

/// The name of a statement: `DynamodbPutItem` for `dynamodb:PutItem`.
fn sid(actions: &[String]) -> String {
    let first = actions.first().map(String::as_str).unwrap_or_default();
    first.split(|character: char| !character.is_ascii_alphanumeric()).map(pascal_case).collect()
}

/// Where no table knows what the call takes, the user does: a policy for everything would be too much.
fn ask_for_policy(collector: &mut Collector<'_>, state: &str, integration: &Integration) {
    let name = format!("{}PolicyArn", collector.parameter_name(state, ""));
    let call = format!("{}:{}", integration.service, integration.resource());
    let description =
        format!("A managed policy that allows what {call} takes in the state {state} of {}", collector.workflow);
    collector.ask(Parameter::new(&name, ParameterKind::PolicyArn, description));
}
