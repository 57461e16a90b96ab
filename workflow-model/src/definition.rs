//! A [`Definition`]: a checked [`StateMachine`] and what its types, errors, constants and nested workflows turned out to
//! be. It is all that the writers read.

use std::time::Duration;

use crate::bounds::Bounds;
use crate::machine::{StateMachine, TypeRef};
use crate::shape::{Shape, ShapeRef, Shapes};
use crate::states::{Branch, ChildRef, ErrorRef};

/// A checked state machine, with its types resolved.
#[derive(Debug, Default)]
pub struct Definition {
    /// The graph.
    pub machine: StateMachine,
    /// The shapes that the other tables refer to.
    pub shapes: Shapes,
    /// The shape of each of [`StateMachine::types`].
    pub types: Vec<ShapeRef>,
    /// The name of each of [`StateMachine::errors`] in Amazon States Language.
    pub errors: Vec<String>,
    /// Each of [`StateMachine::children`].
    pub children: Vec<Child>,
    /// Each of [`StateMachine::constants`].
    pub constants: Vec<Constant>,
}

/// A workflow that another one nests, or has as a branch.
#[derive(Debug, Default)]
pub struct Child {
    /// Its name, as in `PollService`.
    pub name: String,
    /// The longest time it may take.
    pub timeout: Option<Duration>,
    /// What its executions take.
    pub bounds: Bounds,
    /// Its own definition, where it is a branch: then its states become a part of the other one's.
    pub definition: Option<Box<Definition>>,
}

/// A constant of the user's, evaluated.
#[derive(Clone, Debug, PartialEq)]
pub struct Constant {
    /// What it looks like.
    pub shape: ShapeRef,
    /// What it is.
    pub value: serde_json::Value,
    /// The name of the placeholder that it is, if it is one: then the value is what it is natively.
    pub placeholder: Option<String>,
}

impl Definition {
    /// The shape of one of the machine's types.
    pub fn shape_ref(&self, type_ref: TypeRef) -> ShapeRef {
        self.types[type_ref.0]
    }

    /// The shape of one of the machine's types.
    pub fn shape(&self, type_ref: TypeRef) -> &Shape {
        self.shapes.get(self.shape_ref(type_ref))
    }

    /// A nested workflow.
    pub fn child(&self, child: ChildRef) -> &Child {
        &self.children[child.0]
    }

    /// The definition of a branch, whose states are a part of this one's.
    pub fn branch(&self, branch: &Branch) -> Option<&Definition> {
        let inlined = branch.execution.is_none();
        self.child(branch.child).definition.as_deref().filter(|_| inlined)
    }

    /// The name of an error in Amazon States Language.
    pub fn error_name(&self, error: &ErrorRef) -> &str {
        match error {
            ErrorRef::States(error) => error.asl_name(),
            ErrorRef::Custom(name) => &self.errors[name.0],
        }
    }
}
