//! `Choice` states.

use super::assign::assigned;
use super::error::WriteError;
use super::json::{Json, Object};
use super::state::{StateWriter, output, output_unless_input};
use crate::jsonata::{Target, lower_choice};
use crate::states::Choice;

pub(super) fn write(writer: &StateWriter<'_>, choice: &Choice) -> Result<Object, WriteError> {
    let target_input = |target: &str| writer.target_input(target);
    let rules = lower_choice(writer.definition, &choice.body, &writer.input(), &target_input)
        .map_err(|refusal| writer.refused("the body", refusal))?;
    if rules.rules.is_empty() {
        let only = rule(writer, ALWAYS, rules.default, false)?;
        return Ok(writer.begin("Choice").with("Choices", vec![only]));
    }
    let default = writer.target(&rules.default.state)?;
    let output = rules.default.payload.and_then(output_unless_input);
    let assign = assigned(rules.default.assign);
    let choices = rules.rules.into_iter().map(|it| rule(writer, it.condition, it.target, output.is_some()));
    Ok(writer
        .begin("Choice")
        .with("Choices", choices.collect::<Result<Vec<Json>, _>>()?)
        .with("Default", default)
        .maybe("Output", output)
        .maybe("Assign", assign))
}

/// The condition of a choice that always goes the same way: Step Functions demands a rule, so there is one that holds.
const ALWAYS: &str = "{% true %}";

/// A rule. The state's own `Output` is for its `Default`; where there is one, a rule that hands on the input says so.
fn rule(
    writer: &StateWriter<'_>,
    condition: impl Into<Json>,
    target: Target,
    is_output_taken: bool,
) -> Result<Json, WriteError> {
    let payload = target.payload.unwrap_or_else(|| writer.input_template());
    let output = if is_output_taken { Some(output(payload)) } else { output_unless_input(payload) };
    let rule = Object::new()
        .with("Condition", condition)
        .maybe("Output", output)
        .maybe("Assign", assigned(target.assign))
        .with("Next", writer.target(&target.state)?);
    Ok(rule.into())
}
