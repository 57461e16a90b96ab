//! What a deployment has to fill in.

use std::fmt;

use super::json::Json;
use crate::definition::Definition;
use crate::states::StateKind;

/// A `${Name}` in a document, which the deployment replaces: a parameter of `templatefile` in Terraform, an entry of
/// `DefinitionSubstitutions` in CloudFormation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Placeholder {
    /// Its name, without the `${` and the `}`.
    pub name: String,
    /// What replaces it.
    pub stands_for: StandsFor,
}

/// What replaces a [`Placeholder`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StandsFor {
    /// The ARN of the Lambda function that runs the tasks. One function serves all tasks of a program.
    TaskFunctionArn,
    /// The ARN of a nested workflow's state machine.
    StateMachineArn {
        /// The nested workflow's name.
        workflow: String,
    },
}

impl fmt::Display for StandsFor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StandsFor::TaskFunctionArn => f.write_str("the ARN of the Lambda function that runs the tasks"),
            StandsFor::StateMachineArn { workflow } => write!(f, "the ARN of the state machine of `{workflow}`"),
        }
    }
}

impl Placeholder {
    /// The placeholder of the function that runs the tasks.
    pub(super) fn task_function() -> Self {
        Placeholder { name: "TaskFunctionArn".to_owned(), stands_for: StandsFor::TaskFunctionArn }
    }

    /// The placeholder of a nested workflow's state machine.
    pub(super) fn state_machine(workflow: &str) -> Self {
        Placeholder {
            name: format!("{workflow}StateMachineArn"),
            stands_for: StandsFor::StateMachineArn { workflow: workflow.to_owned() },
        }
    }
}

impl From<Placeholder> for Json {
    fn from(placeholder: Placeholder) -> Self {
        Json::Placeholder(placeholder.name)
    }
}

/// The placeholders in the document of a workflow, sorted by name, each once.
pub fn placeholders(definition: &Definition) -> Vec<Placeholder> {
    let mut placeholders = Vec::new();
    collect(definition, &mut placeholders);
    placeholders.sort();
    placeholders.dedup();
    placeholders
}

/// The placeholders of a workflow, and of its branches.
fn collect(definition: &Definition, placeholders: &mut Vec<Placeholder>) {
    for state in &definition.machine.states {
        placeholders.extend(match &state.kind {
            StateKind::Task(task) if task.service.is_none() => Some(Placeholder::task_function()),
            StateKind::Nested(nested) => Some(Placeholder::state_machine(&definition.child(nested.child).name)),
            _ => None,
        });
        let branches = state.kind.branches().iter();
        let branches = branches.filter_map(|branch| definition.child(branch.child).definition.as_deref());
        branches.for_each(|branch| collect(branch, placeholders));
    }
}
