//! Executions that a state starts.

use super::{Arguments, Collector, RULE_ACTIONS, rule};
use crate::asl::Json;
use crate::deploy::{Arn, Part, Resource, Statement};
use crate::integrations::Pattern;

/// To start a state machine takes a permission for it; to wait for the execution's end, one for its executions and one for the rule by
/// which Step Functions hears of the end.
///
/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html>.
pub(super) fn collect(collector: &mut Collector<'_>, state: &str, pattern: Pattern, arguments: Arguments<'_>) {
    let start = ["states:StartExecution".to_owned()];
    collector.allow(state, "StartNestedExecutions", &start, &["{StateMachineArn}"], arguments);
    if !matches!(pattern, Pattern::Sync | Pattern::Sync2) {
        return;
    }
    let follow = ["states:DescribeExecution", "states:StopExecution"];
    let executions = match executions(arguments) {
        Some(arn) => Resource::Arn(arn),
        None => collector.listed(state, &follow.map(str::to_owned)),
    };
    let policy = &mut collector.needs.policy;
    policy.allow(Statement::new("FollowNestedExecutions", follow, [executions]));
    policy.allow(Statement::new(
        "HearOfTheirEnd",
        RULE_ACTIONS,
        [rule("StepFunctionsGetEventsForStepFunctionsExecutionRule")],
    ));
}

/// All executions of the state machine.
fn executions(arguments: Arguments<'_>) -> Option<Arn> {
    let name = match arguments?.at(&["StateMachineArn"])? {
        Json::Placeholder(name) => Part::StateMachineName(name.clone()),
        // A version or an alias may stand behind the name.
        Json::String(arn) => Part::Text(arn.strip_prefix("arn:")?.split(':').nth(5)?.to_owned()),
        _ => return None,
    };
    Some(Arn::of("states", [Part::Text("execution:".into()), name, Part::Text(":*".into())]))
}
