//! Edges: how a step gives the next state its input.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::visit_mut::VisitMut;
use syn::{Block, Expr, ExprClosure, Ident, Pat, Stmt};

use super::Workflow;
use crate::workflow::source::{EdgeSource, NextSource};

/// The step that follows a result: `Step::Next(State::done(result))`, or `Step::Succeed(result)`.
pub(super) fn next(workflow: &Workflow, next: &NextSource, result: &TokenStream) -> TokenStream {
    let private = {
        let krate = &workflow.krate;
        quote!(#krate::__private)
    };
    match next {
        NextSource::To(target) => edge(workflow, target, &[result]),
        NextSource::End(None) => quote!(#private::Step::Succeed(#private::EndsWith::<Self::Output>::end(#result))),
        NextSource::End(Some(closure)) => {
            let (bindings, body) = (bindings(closure, &[result]), &closure.body);
            quote!({ #bindings #private::Step::Succeed(#body) })
        }
        NextSource::Missing => quote!(::core::unreachable!()),
    }
}

/// The step that an edge leads to, with what its closure is given.
pub(super) fn edge(workflow: &Workflow, edge: &EdgeSource, given: &[&TokenStream]) -> TokenStream {
    let private = {
        let krate = &workflow.krate;
        quote!(#krate::__private)
    };
    let state = match &edge.closure {
        None => {
            let (target, given) = (&edge.target, given[0]);
            let ty_generics = workflow.generics.split_for_impl().1;
            quote_spanned!(target.span()=> <#target #ty_generics as #private::Takes<_>>::take(#given))
        }
        Some(closure) => {
            let bindings = bindings(closure, given);
            let mut body = (*closure.body).clone();
            Leaves { workflow, state: &quote!(Self::State) }.visit_expr_mut(&mut body);
            quote!({ #bindings #body })
        }
    };
    quote!(#private::Step::Next(#state))
}

/// `let parameter = value;` for each parameter of a closure, so that its type is known where it is used.
fn bindings(closure: &ExprClosure, given: &[&TokenStream]) -> TokenStream {
    let bindings = closure.inputs.iter().zip(given).map(|(pattern, value)| match pattern {
        Pat::Wild(_) => quote!(let _ = #value;),
        _ => quote!(let #pattern = #value;),
    });
    quote!(#(#bindings)*)
}

/// Replaces `state(payload)` at each leaf of an expression by the value of the enum of states.
pub(super) struct Leaves<'a> {
    pub workflow: &'a Workflow,
    /// The type of the enum.
    pub state: &'a TokenStream,
}

impl Leaves<'_> {
    fn replace(&self, name: &Ident, arguments: &syn::punctuated::Punctuated<Expr, syn::Token![,]>) -> Expr {
        let state = self.state;
        let known = self.workflow.states.iter().any(|known| known.name() == name);
        // An unknown state has been said to be one: nothing else is to be said about it.
        let tokens = match known {
            true => quote_spanned!(name.span()=> <#state>::#name(#arguments)),
            false => quote!({ let _ = (#arguments); ::core::unreachable!() }),
        };
        Expr::Verbatim(tokens)
    }
}

impl VisitMut for Leaves<'_> {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        match expression {
            Expr::Block(block) => self.visit_block_mut(&mut block.block),
            Expr::If(branch) => {
                self.visit_block_mut(&mut branch.then_branch);
                if let Some((_, otherwise)) = &mut branch.else_branch {
                    self.visit_expr_mut(otherwise);
                }
            }
            Expr::Match(branches) => branches.arms.iter_mut().for_each(|arm| self.visit_expr_mut(&mut arm.body)),
            Expr::Paren(inner) => self.visit_expr_mut(&mut inner.expr),
            Expr::Group(inner) => self.visit_expr_mut(&mut inner.expr),
            Expr::Call(call) => {
                if let Expr::Path(path) = &*call.func
                    && let Some(name) = path.path.get_ident()
                {
                    *expression = self.replace(name, &call.args);
                }
            }
            _ => {}
        }
    }

    fn visit_block_mut(&mut self, block: &mut Block) {
        if let Some(Stmt::Expr(last, None)) = block.stmts.last_mut() {
            self.visit_expr_mut(last);
        }
    }
}
