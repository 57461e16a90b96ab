//! `Parallel` states, with the states of their branches.

use super::branch;
use super::error::WriteError;
use super::json::{Json, Object};
use super::state::{StateWriter, output, output_unless_input};
use crate::jsonata::Path;
use crate::scope::BranchScope;
use crate::states::Parallel;

pub(super) fn write(
    writer: &StateWriter<'_>,
    parallel: &Parallel,
    scopes: &[BranchScope],
) -> Result<Object, WriteError> {
    let result = writer.value(Path::result(), Some(parallel.output));
    let retry = writer.retriers(&parallel.retry)?;
    let catch = writer.catchers(&parallel.catch)?;
    let given = writer.value(Path::input(), parallel.input_type);
    let branches = parallel.branches.iter().zip(scopes).map(|(it, scope)| {
        let states = branch::write(writer, it, scope, &given, &writer.place.branch(writer.state, it))?;
        Ok(Object::new().with("StartAt", states.start).with("States", states.states).into())
    });
    let object = writer
        .begin("Parallel")
        .maybe("Arguments", arguments(writer, parallel)?)
        .with("Branches", branches.collect::<Result<Vec<Json>, WriteError>>()?)
        .with("Output", output(writer.result_output(&parallel.next, &result)?))
        .maybe("Assign", writer.assign(Some(&result))?)
        .maybe("Retry", (!retry.is_empty()).then_some(retry))
        .maybe("Catch", (!catch.is_empty()).then_some(catch));
    writer.finish(object, &parallel.next)
}

/// What the branches are given, where that is not the state's input.
fn arguments(writer: &StateWriter<'_>, parallel: &Parallel) -> Result<Option<Json>, WriteError> {
    let template = match &parallel.input {
        Some(lambda) => {
            let shape = parallel.input_type.map(|input| writer.definition.shape_ref(input));
            writer.lower("the body", lambda, &[writer.input()], shape)?
        }
        None => writer.input_template(),
    };
    Ok(output_unless_input(template))
}
