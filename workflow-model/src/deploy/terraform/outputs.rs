//! The ARNs of what was deployed.

use super::{Block, expression, identifier, output_of};
use crate::deploy::application::Application;

pub(super) fn outputs(application: &Application) -> Vec<Block> {
    let output = |name: &str, value: String, description: String| {
        Block::new("output", &[name]).with("description", description).with("value", expression(value))
    };
    let mut blocks = Vec::new();
    if application.function.is_some() {
        let arn = |kind: &str| format!("{kind}.task_function.arn");
        blocks.push(output(
            "task_function_arn",
            arn("aws_lambda_function"),
            "The function behind the tasks".to_owned(),
        ));
        let role = "The role of the function behind the tasks".to_owned();
        blocks.push(output("task_function_role_arn", arn("aws_iam_role"), role));
    }
    blocks.extend(application.activities.iter().map(|name| {
        let id = identifier(name);
        let description = format!("The activity {name}, for its workers");
        output(&format!("{id}_activity_arn"), format!("aws_sfn_activity.{id}.id"), description)
    }));
    blocks.extend(application.machines.iter().map(|machine| {
        let id = identifier(&machine.workflow);
        let description = format!("The state machine of {}", machine.workflow);
        output(&output_of(machine), format!("aws_sfn_state_machine.{id}.arn"), description)
    }));
    blocks
}
