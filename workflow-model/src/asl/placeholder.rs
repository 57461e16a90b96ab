//! What a deployment has to fill in.

use std::fmt;

use super::json::Json;
use crate::definition::Definition;
use crate::name::pascal_case;
use crate::states::{StateKind, Task};

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
    /// What a constant of the user's is in the deployment.
    Constant {
        /// The constant, as in `ORDERS_TABLE`.
        constant: String,
        /// What it is natively.
        native: String,
    },
    /// The ARN of an activity, whose workers run tasks.
    ActivityArn {
        /// The activity's name.
        activity: String,
    },
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
            StandsFor::Constant { constant, native } => write!(f, "what `{constant}` is there, natively `{native}`"),
            StandsFor::ActivityArn { activity } => write!(f, "the ARN of the activity `{activity}`"),
            StandsFor::StateMachineArn { workflow } => write!(f, "the ARN of the state machine of `{workflow}`"),
        }
    }
}

impl Placeholder {
    /// The placeholder of the function that runs the tasks.
    pub(super) fn task_function() -> Self {
        Placeholder { name: "TaskFunctionArn".to_owned(), stands_for: StandsFor::TaskFunctionArn }
    }

    /// The placeholder of an activity.
    pub(super) fn activity(activity: &str) -> Self {
        let words = activity.split(|character: char| !character.is_ascii_alphanumeric());
        Placeholder {
            name: format!("{}ActivityArn", words.map(pascal_case).collect::<String>()),
            stands_for: StandsFor::ActivityArn { activity: activity.to_owned() },
        }
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
    placeholders.dedup_by(|later, earlier| later.name == earlier.name);
    placeholders
}

/// The constants of the user's that a deployment fills in.
fn constants(definition: &Definition) -> impl Iterator<Item = Placeholder> {
    let named = definition.constants.iter().zip(&definition.machine.constants);
    named.filter_map(|(constant, path)| {
        let native = constant.value.as_str().unwrap_or_default().to_owned();
        let stands_for = StandsFor::Constant { constant: path.clone(), native };
        Some(Placeholder { name: constant.placeholder.clone()?, stands_for })
    })
}

/// The placeholders of a workflow, and of its branches.
fn collect(definition: &Definition, placeholders: &mut Vec<Placeholder>) {
    placeholders.extend(constants(definition));
    for state in &definition.machine.states {
        placeholders.extend(match &state.kind {
            StateKind::Task(Task { activity: Some(activity), .. }) => Some(Placeholder::activity(activity)),
            StateKind::Task(task) if task.service.is_none() && task.function.is_none() => {
                Some(Placeholder::task_function())
            }
            StateKind::Poll(_) => Some(Placeholder::task_function()),
            StateKind::Nested(nested) => Some(Placeholder::state_machine(&definition.child(nested.child).name)),
            _ => None,
        });
        for branch in state.kind.branches() {
            if branch.execution.is_some() {
                placeholders.push(Placeholder::state_machine(&definition.child(branch.child).name));
            }
            if let Some(states) = definition.branch(branch) {
                collect(states, placeholders);
            }
        }
    }
}
