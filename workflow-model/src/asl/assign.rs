//! `Assign`, and the `Pass` before the first state that gives the variables their first values.

use super::error::WriteError;
use super::json::{Json, Object};
use super::state::StateWriter;
use crate::definition::Definition;
use crate::jsonata::{self, Input, Template};
use crate::machine::Assignment;

impl StateWriter<'_> {
    /// The `Assign` of the state, of what its closures are given.
    pub(super) fn assign(&self, result: Option<&Input>) -> Result<Option<Object>, WriteError> {
        self.assignments("an assignment", &self.state.assign, result)
    }

    /// The `Assign` of a state or a catcher. `part` says whose, for the reader of an error.
    pub(super) fn assignments(
        &self,
        part: &'static str,
        assignments: &[Assignment],
        result: Option<&Input>,
    ) -> Result<Option<Object>, WriteError> {
        let inputs: Vec<Input> = [self.input()].into_iter().chain(result.cloned()).collect();
        let values = assignments.iter().map(|Assignment { variable, value }| {
            let value = jsonata::lower_assigned(self.definition, variable, value, &inputs);
            let name = jsonata::variable_name(self.definition, variable).to_owned();
            Ok((name, value.map_err(|refusal| self.refused(part, refusal))?))
        });
        Ok(assigned(values.collect::<Result<_, WriteError>>()?))
    }
}

/// An `Assign`, unless it has nothing to say.
pub(super) fn assigned(values: Vec<(String, Template)>) -> Option<Object> {
    let is_empty = values.is_empty();
    let object = values.into_iter().map(|(name, value)| (name, Json::from(value))).collect();
    (!is_empty).then_some(object)
}

/// The state that an execution begins in, where variables need first values, before the state `start`.
pub(super) fn initial(definition: &Definition, start: &str) -> Result<Object, WriteError> {
    let machine = &definition.machine;
    let read = machine.variables.iter().flat_map(|variables| &variables.read);
    let values = read.map(|name| {
        let value = jsonata::first_value(definition, name);
        let refused =
            |refusal| WriteError::Variable { workflow: machine.name.clone(), variable: name.clone(), refusal };
        Ok((jsonata::variable_name(definition, name).to_owned(), value.map_err(refused)?))
    });
    let assign = assigned(values.collect::<Result<_, WriteError>>()?);
    Ok(Object::new().with("Type", "Pass").maybe("Assign", assign).with("Next", start))
}
