//! `#[assign]`: the variables of an execution.

use std::collections::BTreeMap;

use super::{Fault, Record, Run, cross};
use crate::history::EventDetail;
use crate::workflow::{StateType, StateValue};
use crate::{Failure, Payload, Workflow};

/// What a state assigns, as its history is to have it.
#[doc(hidden)]
#[derive(Debug)]
pub struct Assigned {
    /// Whether the history has data.
    is_wanted: bool,
    values: Values,
}

/// The variables that a state assigned, each as JSON: most states assign none.
type Values = Option<Box<BTreeMap<&'static str, String>>>;

/// What a leaf of a choice assigns, once it is taken.
#[doc(hidden)]
pub type Assign<V> = Box<dyn FnOnce(&mut V, &mut Assigned) -> Result<(), Failure> + Send>;

impl Assigned {
    pub(super) fn new(is_wanted: bool) -> Self {
        Assigned { is_wanted, values: None }
    }

    /// Assigns a variable.
    ///
    /// # Errors
    ///
    /// When the value does not survive its way through JSON.
    pub fn set<T: Payload>(&mut self, name: &'static str, variable: &mut T, value: T) -> Result<(), Failure> {
        *variable = cross(value)?;
        self.note(name, variable);
        Ok(())
    }

    /// Notes for the history what a variable is now. What is not JSON fails where it is used.
    pub fn note<T: Payload>(&mut self, name: &'static str, variable: &T) {
        if self.is_wanted
            && let Ok(json) = serde_json::to_string(variable)
        {
            self.values.get_or_insert_default().insert(name, json);
        }
    }

    /// How many bytes of JSON are assigned, as far as they are noted.
    pub(super) fn size(&self) -> usize {
        self.values.as_ref().map_or(0, |values| values.values().map(String::len).sum())
    }

    pub(super) fn take(&mut self) -> Values {
        self.values.take()
    }
}

/// What an expression is assigned to decides its type.
#[doc(hidden)]
pub fn assigned<T>(_variable: &T, value: impl FnOnce() -> T) -> T {
    value()
}

impl<R: Record> Run<R> {
    /// Evaluates what is assigned to `variable`, which itself is only looked at for its type.
    pub fn assigned<T>(
        &mut self,
        _variable: &T,
        location: &'static str,
        value: impl FnOnce() -> T,
    ) -> Result<T, Fault> {
        self.evaluate(location, value)
    }

    /// Assigns a variable.
    pub fn assign<T: Payload>(&mut self, name: &'static str, variable: &mut T, value: T) -> Result<(), Fault> {
        self.assigned.set(name, variable, value).map_err(Fault::from)
    }

    /// Whether the variables are still to get their first values.
    pub fn begins(&mut self) -> bool {
        !std::mem::replace(&mut self.is_initialized, true)
    }

    /// Passes through the state in which the variables get their first values, on the way to the first state.
    pub fn initialize<W: Workflow>(&mut self, name: &'static str, state: &W::State, first: impl FnOnce(&mut Assigned)) {
        first(&mut self.assigned);
        let name = self.scope.and_then(|scope| scope.initial.as_deref()).unwrap_or(name);
        let input = self.record.json(|| state.input());
        let (output, kind) = (input.clone(), StateType::Pass);
        self.input = input.clone();
        self.record.event(|| EventDetail::StateEntered { kind, name, input });
        let assigned = self.assigned.take();
        self.record.event(|| EventDetail::StateExited { kind, name, output, assigned });
    }
}
