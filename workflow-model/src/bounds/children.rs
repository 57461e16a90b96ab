//! What a workflow knows of those that it nests or runs as branches.

use std::time::Duration;

use super::Bounds;
use super::net::Net;
use crate::definition::{Child, Definition};
use crate::states::ChildRef;

/// The bounds of the workflows that a machine refers to, in the order of [`StateMachine::children`](crate::StateMachine::children).
/// Of those that are missing nothing is known.
#[derive(Clone, Debug, Default)]
pub struct Children {
    known: Vec<Known>,
}

/// What one of them takes.
#[derive(Clone, Copy, Debug)]
struct Known {
    /// As an execution of its own.
    nested: Bounds,
    /// As a branch: the timeout of the whole holds for it instead of its own, and it writes no beginning and end of a history.
    branch: Bounds,
}

impl Children {
    /// Nothing is known of any.
    pub const UNKNOWN: &'static Children = &Children { known: Vec::new() };

    /// Of workflows that are nested, each as an execution of its own.
    pub fn nested_ones(bounds: &[Bounds]) -> Self {
        Children { known: bounds.iter().map(|&nested| Known { nested, branch: Bounds::UNKNOWN }).collect() }
    }

    /// Those of a definition whose executions end within this time.
    pub(super) fn of_definition(definition: &Definition, limit: Option<Duration>) -> Self {
        let known = |child: &Child| Known {
            nested: child.bounds,
            branch: child.definition.as_deref().map_or(Bounds::UNKNOWN, |definition| of_branch(definition, limit)),
        };
        Children { known: definition.children.iter().map(known).collect() }
    }

    pub(super) fn nested(&self, child: ChildRef) -> Bounds {
        self.known.get(child.0).map_or(Bounds::UNKNOWN, |known| known.nested)
    }

    pub(super) fn branch(&self, child: ChildRef) -> Bounds {
        self.known.get(child.0).map_or(Bounds::UNKNOWN, |known| known.branch)
    }
}

/// The bounds of a branch of an execution that ends within this time.
fn of_branch(definition: &Definition, limit: Option<Duration>) -> Bounds {
    let children = Children::of_definition(definition, limit);
    Net::new(&definition.machine, &children).map_or(Bounds::UNKNOWN, |net| {
        let bounds = super::of_net(&net, limit);
        // A state that is cancelled, as another branch failed, has an event for that.
        let is_cut =
            super::longest(&net).map(super::duration).zip(limit).is_none_or(|(longest, limit)| longest > limit);
        Bounds { most_events: bounds.most_events.map(|most| most.saturating_add(u64::from(is_cut))), ..bounds }
    })
}
