//! Where the states of a workflow are in a document, and so where the function that runs its tasks finds them.

use crate::machine::{State, StateMachine};
use crate::states::{Branch, Map};

/// Where the states of a workflow are: in the machine itself, or in a branch of it.
pub(super) struct Place<'a> {
    /// The workflow that the document is of.
    workflow: &'a str,
    /// The way from there: `prepare.Charge.` in the branch `self.charge` of the state `prepare`, and nothing in the machine itself.
    way: String,
    holder: Holder,
}

/// What the states are run by.
#[derive(Clone, Copy, PartialEq)]
enum Holder {
    /// An execution, alone or side by side with other branches, whose states are others.
    Execution,
    /// An execution that runs the same states for other items at the same time.
    Item,
    /// An execution that a distributed map starts.
    ItemExecution,
}

impl<'a> Place<'a> {
    pub(super) fn of_machine(machine: &'a StateMachine) -> Self {
        Place { workflow: &machine.name, way: String::new(), holder: Holder::Execution }
    }

    /// A branch of a state here.
    pub(super) fn branch(&self, state: &State, branch: &Branch) -> Self {
        let holder = if self.is_item() { Holder::Item } else { Holder::Execution };
        Place { workflow: self.workflow, way: format!("{}{}.{}.", self.way, state.name, branch.label), holder }
    }

    /// What a map here runs for each item.
    pub(super) fn item(&self, state: &State, map: &Map) -> Self {
        let holder = if map.distributed.is_some() { Holder::ItemExecution } else { Holder::Item };
        Place { holder, ..self.branch(state, &map.processor) }
    }

    /// The workflow that the document is of. Only it is known by its name: several branches may be of one type, each with fields of
    /// its own.
    pub(super) fn workflow(&self) -> &'a str {
        self.workflow
    }

    /// What the function knows a task as: `call_service`, or `prepare.Charge.pay`.
    pub(super) fn task(&self, state: &State) -> String {
        format!("{}{}", self.way, state.name)
    }

    /// Whether the states are an execution that a distributed map starts.
    pub(super) fn is_own_execution(&self) -> bool {
        self.holder == Holder::ItemExecution
    }

    /// Whether the same execution may be in the same state several times at once.
    pub(super) fn is_item(&self) -> bool {
        self.holder == Holder::Item
    }
}
