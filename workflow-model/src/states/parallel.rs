//! `#[parallel]`: several workflows at once, as branches of one state.

use serde::{Deserialize, Serialize};

use super::{Catcher, ChildRef, Retrier};
use crate::expr::Lambda;
use crate::machine::{Next, TypeRef};

/// A fork, which goes on when all of its branches have ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parallel {
    /// What makes the input of the branches. `None`: it is the state's input.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub input: Option<Lambda>,
    /// The type of the input of the branches, before any branch makes its own of it. `None`: the state takes none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub input_type: Option<TypeRef>,
    /// The branches, in the order of their results.
    pub branches: Vec<Branch>,
    /// The type of the result: the tuple of what the branches end with.
    pub output: TypeRef,
    /// Tried in order when a branch fails.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub retry: Vec<Retrier>,
    /// Tried in order when no retrier takes the error.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub catch: Vec<Catcher>,
    /// What follows.
    pub next: Next,
}

/// A workflow whose states become a part of the machine: a branch of a [`Parallel`], or what a [`Map`](super::Map) runs for each item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Branch {
    /// Which workflow it is.
    pub child: ChildRef,
    /// What it is called where its states need a longer name: that of its field, as in `Charge`.
    pub label: String,
    /// What makes its input. `None`: it is that of all branches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub input: Option<BranchInput>,
    /// The name of the `Task` that starts the workflow as an execution of its own, as in `PollExecution`. `None`: its states are a
    /// part of this machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub execution: Option<String>,
}

impl Branch {
    /// The name in Amazon States Language of the state that the branch has besides those of its workflow, if any.
    pub fn own_state(&self) -> Option<&str> {
        let input = self.input.as_ref().map(|input| input.asl_name.as_str());
        input.or(self.execution.as_deref())
    }
}

/// What makes the input of a branch, as in `self.charge: Charge = |order| order.payment`: a `Pass` where the branch begins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BranchInput {
    /// The closure.
    pub lambda: Lambda,
    /// The type of what it makes.
    pub output: TypeRef,
    /// The name of the `Pass` in Amazon States Language, as in `ChargeInput`.
    pub asl_name: String,
}
