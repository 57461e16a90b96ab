//! A [`Definition`]: a checked [`StateMachine`] and what its types, errors, constants and nested workflows turned out to
//! be. It is all that the writers read.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::bounds::Bounds;
use crate::jsonata::is_reserved;
use crate::machine::{StateMachine, TypeRef};
use crate::shape::{Fields, Shape, ShapeRef, Shapes, StructShape};
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
    /// What [`StateMachine::variables`] begin as. `None`: the workflow has none.
    pub variables: Option<FirstValues>,
    /// The names of the errors that the method of a state raises, by the position of the state. Of those that are missing, as where
    /// anybody may say how a task ends, any may come.
    pub raises: BTreeMap<usize, Vec<String>>,
}

/// What a workflow's variables begin as.
#[derive(Clone, Debug, PartialEq)]
pub struct FirstValues {
    /// The struct that holds the variables.
    pub shape: ShapeRef,
    /// Its default, as JSON.
    pub value: serde_json::Value,
    /// The variables that have another name on AWS, by their names in Rust: a branch may not assign a variable that the workflow
    /// around it has, and a function of JSONata must not be hidden.
    pub renamed: BTreeMap<String, String>,
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
    /// Gives variables other names on AWS where theirs are a function's of JSONata, or, in a branch, a variable's of the workflow that
    /// it is a part of.
    pub fn rename_variables(&mut self) {
        self.rename_within(&BTreeSet::new());
    }

    fn rename_within(&mut self, outer: &BTreeSet<String>) {
        let mut taken = outer.clone();
        let names = self.variable_names();
        taken.extend(names.iter().cloned());
        if let Some(variables) = &mut self.variables {
            variables.renamed.clear();
            for name in names.into_iter().filter(|name| outer.contains(name) || is_reserved(name)) {
                let numbered = (2_u32..).map(|number| format!("{name}_{number}"));
                let free = numbered.into_iter().find(|name| !taken.contains(name)).unwrap_or_else(|| name.clone());
                taken.insert(free.clone());
                variables.renamed.insert(name, free);
            }
        }
        let branches = self.children.iter_mut().filter_map(|child| child.definition.as_mut());
        branches.for_each(|branch| branch.rename_within(&taken));
    }

    /// The Rust names of all variables, in order.
    pub(crate) fn variable_names(&self) -> Vec<String> {
        self.variable_fields().into_iter().map(|(rust, _)| rust).collect()
    }

    /// The names of all variables in Rust and in JSON, in order.
    pub(crate) fn variable_fields(&self) -> Vec<(String, &'static str)> {
        let shape = self.variables.as_ref().map(|variables| self.shapes.get(variables.shape));
        match shape {
            Some(Shape::Struct(StructShape { fields: Fields::Named(fields), .. })) => {
                fields.iter().map(|field| (field.rust.to_owned(), field.json)).collect()
            }
            _ => Vec::new(),
        }
    }

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
