//! `#[map]`: a workflow for each item of a list.

use serde::{Deserialize, Serialize};

use super::{Branch, Catcher, Distributed, Retrier};
use crate::expr::Lambda;
use crate::machine::{Next, TypeRef};

/// A workflow that runs once for each item, several at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Map {
    /// What makes the items. `None`: they are the state's input.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub items: Option<Lambda>,
    /// The type of the list of items.
    pub items_type: TypeRef,
    /// What runs for each item.
    pub processor: Branch,
    /// What makes the processor's input. `None`: it is the item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selector: Option<ItemSelector>,
    /// How many items may be under way at once. `None`, or 0: as many as there are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_concurrency: Option<u32>,
    /// Where each item is an execution of its own, and the map a run of many: `distributed`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distributed: Option<Box<Distributed>>,
    /// The type of the result: the list of what the processor ends with, in the order of the items.
    pub output: TypeRef,
    /// Tried in order when an item fails.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub retry: Vec<Retrier>,
    /// Tried in order when no retrier takes the error.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub catch: Vec<Catcher>,
    /// What follows.
    pub next: Next,
}

/// `item_selector = |item, input, index| …`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ItemSelector {
    /// The closure.
    pub lambda: Lambda,
    /// The type of what it makes.
    pub output: TypeRef,
}
