//! What is known of a machine besides itself: of the workflows that it nests or runs as branches, and of its numbers.

use std::collections::BTreeMap;
use std::time::Duration;

use super::Bounds;
use super::net::Net;
use crate::definition::{Child, Constant, Definition};
use crate::states::ChildRef;

/// What is known of a machine besides itself. The macro knows the tokens alone, a definition all of it.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The bounds of the workflows that the machine refers to, in the order of
    /// [`StateMachine::children`](crate::StateMachine::children). Of those that are missing nothing is known.
    children: Vec<ChildBounds>,
    /// The values of [`StateMachine::constants`](crate::StateMachine::constants) that are integers.
    constants: Vec<Option<i128>>,
    /// What the variables begin as that are integers.
    variables: BTreeMap<String, i128>,
}

/// What a workflow takes that another one refers to.
#[derive(Clone, Copy, Debug)]
struct ChildBounds {
    /// As an execution of its own.
    nested: Bounds,
    /// As a branch: the timeout of the whole holds for it instead of its own, and it writes no beginning and end of a history.
    branch: Bounds,
}

impl Known {
    /// Nothing but the machine itself.
    pub const NOTHING: &'static Known =
        &Known { children: Vec::new(), constants: Vec::new(), variables: BTreeMap::new() };

    /// Of workflows that are nested, each as an execution of its own.
    pub fn nested_ones(bounds: &[Bounds]) -> Self {
        let children = bounds.iter().map(|&nested| ChildBounds { nested, branch: Bounds::UNKNOWN }).collect();
        Known { children, ..Known::default() }
    }

    /// What a definition knows whose executions end within this time.
    pub(super) fn of_definition(definition: &Definition, limit: Option<Duration>) -> Self {
        let bounds = |child: &Child| ChildBounds {
            nested: child.bounds,
            branch: child.definition.as_deref().map_or(Bounds::UNKNOWN, |definition| of_branch(definition, limit)),
        };
        Known {
            children: definition.children.iter().map(bounds).collect(),
            constants: definition.constants.iter().map(integer).collect(),
            variables: first_values(definition),
        }
    }

    pub(super) fn nested(&self, child: ChildRef) -> Bounds {
        self.children.get(child.0).map_or(Bounds::UNKNOWN, |known| known.nested)
    }

    pub(super) fn branch(&self, child: ChildRef) -> Bounds {
        self.children.get(child.0).map_or(Bounds::UNKNOWN, |known| known.branch)
    }

    /// The value of a constant, if it is an integer.
    pub(super) fn constant(&self, index: usize) -> Option<i128> {
        self.constants.get(index).copied().flatten()
    }

    /// What a variable begins as, if it is an integer.
    pub(super) fn first_value(&self, variable: &str) -> Option<i128> {
        self.variables.get(variable).copied()
    }
}

/// A placeholder is another number on AWS.
fn integer(constant: &Constant) -> Option<i128> {
    constant.placeholder.is_none().then(|| as_integer(&constant.value)).flatten()
}

fn as_integer(value: &serde_json::Value) -> Option<i128> {
    value.as_i64().map(i128::from).or_else(|| value.as_u64().map(i128::from))
}

fn first_values(definition: &Definition) -> BTreeMap<String, i128> {
    let Some(variables) = &definition.variables else { return BTreeMap::new() };
    let fields = definition.variable_fields().into_iter();
    fields.filter_map(|(rust, json)| Some((rust, as_integer(variables.value.get(json)?)?))).collect()
}

/// The bounds of a branch of an execution that ends within this time.
fn of_branch(definition: &Definition, limit: Option<Duration>) -> Bounds {
    let known = Known::of_definition(definition, limit);
    Net::new(&definition.machine, &known).map_or(Bounds::UNKNOWN, |net| {
        let bounds = super::of_net(&net, limit);
        // A state that is cancelled, as another branch failed, has an event for that.
        let is_cut =
            super::longest(&net).map(super::duration).zip(limit).is_none_or(|(longest, limit)| longest > limit);
        Bounds { most_events: bounds.most_events.map(|most| most.saturating_add(u64::from(is_cut))), ..bounds }
    })
}
