//! The Lambda function behind the tasks of a program.

use std::collections::BTreeSet;

use super::{Arn, Policy, Resource, Statement, permissions};
use crate::asl::Json;
use crate::definition::Definition;
use crate::states::{self, FunctionName, StateKind, Task};

/// What the tasks ask of the function that runs them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Function {
    /// The longest timeout of a task, in seconds.
    longest: u64,
    /// The tasks that may take longer than a function, as `Workflow::State`.
    pub too_long: Vec<String>,
}

/// How many seconds a Lambda function may run.
pub const LONGEST_FUNCTION: u64 = 900;

/// How much longer than the longest task the function may run: so the state times out first, with `States.Timeout`, which retriers
/// and catchers name, and not the function, which Step Functions sees as an error of Lambda's.
const GRACE: u64 = 5;

/// The least that a function is given, so that a task which has no timeout of its own is not cut off after Lambda's three seconds.
const LEAST: u64 = 60;

/// What it runs on.
pub(super) const RUNTIME: &str = "provided.al2023";
/// Graviton processors, which cost a fifth less.
pub(super) const ARCHITECTURE: &str = "arm64";
/// What its binary is called, as cargo-lambda packs it.
pub(super) const HANDLER: &str = "bootstrap";
/// How many megabytes of memory it gets, and with them a share of a processor, where the deployment says nothing else.
pub(super) const MEMORY: u64 = 256;
/// How many megabytes it may get.
pub(super) const MEMORIES: std::ops::RangeInclusive<u64> = 128..=10_240;
/// What the memory is for, for the reader of a template.
pub(super) const MEMORY_IS: &str =
    "How many megabytes of memory the function behind the tasks has, and with them a share of a processor";
/// What stands in its policy for what it writes into its logs.
pub(super) const FUNCTION_LOGS: &str = "TaskFunctionLogs";

/// What the role of the function may do whatever its tasks do: write logs and traces.
pub(super) fn policy() -> Policy {
    let logs = Resource::Arn(Arn::placeholder(FUNCTION_LOGS));
    let traces =
        ["xray:GetSamplingRules", "xray:GetSamplingTargets", "xray:PutTelemetryRecords", "xray:PutTraceSegments"];
    let mut policy = Policy::default();
    policy.allow(Statement::new("WriteLogs", ["logs:CreateLogStream", "logs:PutLogEvents"], [logs]));
    policy.allow(Statement::new("WriteTraces", traces, [Resource::All]));
    policy
}

impl Function {
    /// Takes note of the tasks in a document that the function runs.
    pub(super) fn serve(&mut self, workflow: &str, document: &Json) {
        let tasks = permissions::states(document).into_iter().filter(|(_, state)| {
            let resource = state.at(&["Resource"]).and_then(Json::as_text);
            // Behind a callback's function nobody waits: its timeout is that of the answer.
            resource == Some("arn:aws:states:::lambda:invoke")
                && state.at(&["Arguments", "FunctionName"]) == Some(&Json::Placeholder("TaskFunctionArn".to_owned()))
        });
        for (name, task) in tasks {
            let seconds = match task.at(&["TimeoutSeconds"]) {
                Some(Json::Number(seconds)) => seconds.as_u64(),
                _ => None,
            };
            self.longest = self.longest.max(seconds.unwrap_or(LEAST));
            if seconds.is_some_and(|seconds| seconds > LONGEST_FUNCTION) {
                self.too_long.push(format!("{workflow}::{name}"));
            }
        }
    }

    /// How many seconds the function may run.
    pub fn timeout(&self) -> u64 {
        (self.longest.max(LEAST - GRACE) + GRACE).min(LONGEST_FUNCTION)
    }
}

/// The functions of a workflow's tasks that are the program deployed once more, `own("…")`: their names, or the placeholders that stand
/// for them.
pub(super) fn own_functions(definition: &Definition) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for state in &definition.machine.states {
        if let StateKind::Task(Task { function: Some(function), .. }) = &state.kind {
            names.extend(own_name(definition, function));
        }
        let branches = state.kind.branches().iter().filter_map(|branch| definition.branch(branch));
        names.extend(branches.flat_map(own_functions));
    }
    names
}

fn own_name(definition: &Definition, function: &states::Function) -> Option<String> {
    match &function.name {
        _ if !function.own => None,
        FunctionName::Text(text) => Some(text.clone()),
        FunctionName::Constant(index) => {
            let constant = definition.constants.get(*index)?;
            constant.placeholder.clone().or_else(|| constant.value.as_str().map(str::to_owned))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asl::Object;

    fn timeout(seconds: u64, resource: &str) -> Function {
        let arguments = Object::new().with("FunctionName", Json::Placeholder("TaskFunctionArn".into()));
        let task =
            Object::new().with("Resource", resource).with("Arguments", arguments).with("TimeoutSeconds", seconds);
        let mut function = Function::default();
        function.serve("Shop", &Object::new().with("States", Object::new().with("Pay", task)).into());
        function
    }

    #[test]
    fn the_state_times_out_before_the_function() {
        let invoke = "arn:aws:states:::lambda:invoke";
        assert_eq!(timeout(3, invoke).timeout(), 60);
        assert_eq!(timeout(120, invoke).timeout(), 125);
        assert_eq!(timeout(900, invoke), Function { longest: 900, too_long: vec![] });
        assert_eq!(timeout(901, invoke).timeout(), 900);
        assert_eq!(timeout(901, invoke).too_long, ["Shop::Pay"]);
        assert_eq!(timeout(86_400, "arn:aws:states:::lambda:invoke.waitForTaskToken").timeout(), 60);
    }
}
