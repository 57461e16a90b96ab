//! `#[assign(polls = vars.polls + 1)]` on a state, and before a leaf of a choice.

use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{Arm, Attribute, Block, Expr, ExprCall};
use workflow_model::machine::Assignment;
use workflow_model::states::StateKind;

use super::Parser;
use super::state::Draft;
use crate::expr::{ASSIGN, AssignSource, Given, assignments};

impl Parser<'_> {
    /// Reads the `#[assign]`s of a state.
    pub(super) fn assign(
        &mut self,
        draft: &Draft<'_>,
        attributes: &[Attribute],
        kind: &StateKind,
    ) -> (Vec<Assignment>, Vec<AssignSource>) {
        let Some(first) = attributes.first() else { return (Vec::new(), Vec::new()) };
        let result = match kind {
            StateKind::Task(task) => Some(task.output),
            StateKind::Nested(nested) => Some(nested.output),
            StateKind::Parallel(parallel) => Some(parallel.output),
            StateKind::Map(map) => Some(map.output),
            StateKind::Pass(pass) if pass.body.is_some() => pass.output,
            StateKind::Choice(_) => {
                let help = "put it before the leaf that it belongs to: `#[assign(…)] state(payload)`";
                self.refuse(first, "a `#[choice]` assigns where it goes, as each of its ways is another", &[help]);
                None
            }
            StateKind::Poll(_) => {
                let help = "put it on the state that follows, or into a `#[catch(…, assign(…))]`";
                self.refuse(first, "a `#[poll]` becomes a loop of states, which assigns nothing", &[help]);
                None
            }
            StateKind::Succeed(_) | StateKind::Fail(_) => {
                let message = format!("a `#[{}]` assigns nothing: nobody comes after it to read it", kind.attribute());
                self.refuse(first, message, &["put it on the state before, or remove it"]);
                None
            }
            _ => None,
        };
        if !self.has_variables(first) {
            return (Vec::new(), Vec::new());
        }
        let read = |attribute: &Attribute| attribute.parse_args_with(assignments);
        let mut sources = Vec::new();
        for read in attributes.iter().map(read) {
            match read {
                Ok(read) => sources.extend(read),
                Err(error) => self.errors.syntax(error),
            }
        }
        let given = result.map(|type_ref| Given { name: "result", type_ref });
        (self.assignments(draft, &sources, given), sources)
    }

    /// Reads the assignments of a state or a catcher.
    pub(super) fn assignments(
        &mut self,
        draft: &Draft<'_>,
        sources: &[AssignSource],
        given: Option<Given>,
    ) -> Vec<Assignment> {
        let input = draft.input.map(|input| (&input.pattern, self.tables.type_ref(&input.ty)));
        self.reader().assignments(sources, input, given)
    }

    /// Whether there are variables to assign, which is refused otherwise.
    pub(super) fn has_variables(&mut self, attribute: impl ToTokens) -> bool {
        if !self.ambient.variables {
            let help = "name the struct that holds them: `#[workflow(variables = Progress, …)]`";
            self.refuse(attribute, "this workflow has no variables to assign", &[help]);
        }
        self.ambient.variables
    }

    /// Moves each `#[assign]` of a choice to the leaf that it belongs to: what stands before an arm is its leaf's.
    pub(super) fn assign_at_leaves(&mut self, block: &mut Block) {
        let mut leaves = Leaves::default();
        leaves.visit_block_mut(block);
        for attribute in leaves.misplaced {
            let help = "put it before the leaf that it belongs to: `#[assign(…)] state(payload)`";
            self.refuse(attribute, "an `#[assign]` stands before one leaf, which names where to go", &[help]);
        }
        for attribute in leaves.found {
            if self.has_variables(&attribute)
                && let Err(error) = attribute.parse_args_with(assignments)
            {
                self.errors.syntax(error);
            }
        }
    }
}

/// Finds the `#[assign]`s of a choice.
#[derive(Default)]
struct Leaves {
    found: Vec<Attribute>,
    misplaced: Vec<Attribute>,
}

impl VisitMut for Leaves {
    fn visit_arm_mut(&mut self, arm: &mut Arm) {
        let taken = take(&mut arm.attrs);
        match &mut *arm.body {
            Expr::Call(call) => call.attrs.extend(taken),
            _ => self.misplaced.extend(taken),
        }
        visit_mut::visit_arm_mut(self, arm);
    }

    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        let attributes = match expression {
            Expr::If(branch) => Some(&mut branch.attrs),
            Expr::Match(branch) => Some(&mut branch.attrs),
            Expr::Block(block) => Some(&mut block.attrs),
            Expr::Return(returned) => Some(&mut returned.attrs),
            _ => None,
        };
        self.misplaced.extend(attributes.map(take).unwrap_or_default());
        visit_mut::visit_expr_mut(self, expression);
    }

    fn visit_expr_call_mut(&mut self, call: &mut ExprCall) {
        self.found.extend(call.attrs.iter().filter(|attribute| attribute.path().is_ident(ASSIGN)).cloned());
        visit_mut::visit_expr_call_mut(self, call);
    }
}

fn take(attributes: &mut Vec<Attribute>) -> Vec<Attribute> {
    let (taken, left) = attributes.drain(..).partition(|attribute| attribute.path().is_ident(ASSIGN));
    *attributes = left;
    taken
}
