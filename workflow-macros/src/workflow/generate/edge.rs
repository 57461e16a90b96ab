//! Edges: how a step gives the next state its input.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::visit_mut::VisitMut;
use syn::{Block, Expr, ExprClosure, Pat, Stmt};

use super::ambient::{After, Ambient};
use super::assertions::taker_of;
use super::assign::Known;
use super::{Workflow, arithmetic, assign};
use crate::expr::{ASSIGN, before_leaf};
use crate::workflow::source::{CatchSource, EdgeSource, KindSource, NextSource, StateSource};
use crate::workflow::spanned;

/// The step that follows a result: `Step::Next(State::done(result))`, or `Step::Succeed(result)`.
pub(super) fn next(workflow: &Workflow, source: &StateSource, next: &NextSource, result: &TokenStream) -> TokenStream {
    let span = source.name().span();
    let private = workflow.private();
    let given = [result, &quote!(__kept_for_next)];
    match next {
        NextSource::To(target) => edge(workflow, target, &given),
        NextSource::End(None) => {
            let end = end(workflow, span, result);
            quote!(#private::Step::Succeed(#end))
        }
        NextSource::End(Some(closure)) => {
            let (bindings, output) = (bindings(closure, &given), workflow.output());
            let body = arithmetic::checked(workflow, &closure.body);
            quote!({ #bindings #private::Step::Succeed((move || -> #output { #body })()) })
        }
        NextSource::Missing => quote!(::core::unreachable!()),
    }
}

/// What an execution ends with, where `span` is: `Given(result).end::<Report>()`.
pub(super) fn end(workflow: &Workflow, span: Span, result: &TokenStream) -> TokenStream {
    let (private, output) = (spanned::at(span, workflow.private()), spanned::at(span, workflow.output()));
    quote_spanned!(span=> { let __end = #result; #private::Given(__end).end::<#output>() })
}

/// As [`next`], as a `Result`: a closure is a portable expression, which may fail, and nothing else is.
pub(super) fn evaluated(
    workflow: &Workflow,
    source: &StateSource,
    to: &NextSource,
    result: &TokenStream,
) -> TokenStream {
    let step = next(workflow, source, to, result);
    let step = match to.closure() {
        Some(closure) => {
            let evaluated = quote!(run.evaluate("Output", move || #step));
            Ambient::of_closure(workflow, closure).bound(After::work_of(source), evaluated)
        }
        None => quote!(::core::result::Result::Ok(#step)),
    };
    let input = match &source.kind {
        KindSource::Wait { .. } => quote!(__input),
        KindSource::Pass { .. } if source.body.is_none() => quote!(__result),
        _ => quote!(__kept_for_next),
    };
    let known = Known {
        input: source.input.as_ref().map(|parameter| (parameter, input)),
        given: ("result", result.clone()),
        after: After::work_of(source),
    };
    assign::around(workflow, &source.assign, "Assign", &known, step)
}

/// The edge of a catcher, as a `Result`, with what it assigns. `location` is where the catcher stands.
pub(super) fn caught(
    workflow: &Workflow,
    catcher: &CatchSource,
    location: &str,
    given: [&TokenStream; 2],
) -> TokenStream {
    let step = edge(workflow, &catcher.edge, &given);
    let step = match &catcher.edge.closure {
        Some(closure) => {
            let location = format!("{location}/Output");
            let evaluated = quote!(run.evaluate(#location, move || #step));
            Ambient::of_closure(workflow, closure).bound(After::Attempts, evaluated)
        }
        None => quote!(::core::result::Result::Ok(#step)),
    };
    let [failure, input] = given;
    let known = Known {
        input: catcher.input.as_ref().map(|parameter| (parameter, input.clone())),
        given: ("failure", failure.clone()),
        after: After::Attempts,
    };
    assign::around(workflow, &catcher.assign, &format!("{location}/Assign"), &known, step)
}

/// The step that an edge leads to, with what its closure is given.
pub(super) fn edge(workflow: &Workflow, edge: &EdgeSource, given: &[&TokenStream]) -> TokenStream {
    let private = workflow.private();
    let state = match &edge.closure {
        None => {
            let (target, given) = (&edge.target, given[0]);
            let taker = taker_of(workflow, target);
            quote_spanned!(target.span()=> #private::Given(#given).enter::<#taker>())
        }
        Some(closure) => {
            let bindings = bindings(closure, given);
            let ty_generics = workflow.generics.split_for_impl().1;
            let body = arithmetic::checked(workflow, &closure.body);
            let body = Leaves { state: &quote!(__State #ty_generics), chosen: None }.expression(&body);
            quote!({ #bindings #body })
        }
    };
    quote!(#private::Step::Next(#state))
}

/// `let parameter = value;` for each parameter of a closure, so that its type is known where it is used.
pub(super) fn bindings(closure: &ExprClosure, given: &[&TokenStream]) -> TokenStream {
    let bindings = closure.inputs.iter().zip(given).map(|(pattern, value)| match pattern {
        Pat::Wild(_) => quote!(let _ = #value;),
        _ => quote!(let #pattern = #value;),
    });
    quote!(#(#bindings)*)
}

/// Replaces `state(payload)` at each leaf of an expression, and behind each `return`, by the value of the enum of states.
pub(super) struct Leaves<'a> {
    /// The type of the enum.
    pub state: &'a TokenStream,
    /// In a choice, what wraps the value: the path of `Next`.
    pub chosen: Option<(&'a Workflow, &'a TokenStream)>,
}

impl Leaves<'_> {
    /// An expression whose leaves are replaced. One that returns early does so from a closure of its own.
    pub(super) fn expression(&self, expression: &Expr) -> TokenStream {
        let mut expression = expression.clone();
        self.leaf(&mut expression);
        let mut returns = Returns { leaves: self, found: false };
        returns.visit_expr_mut(&mut expression);
        let made = self.chosen.map_or(self.state, |(_, next)| next);
        if returns.found { quote!((move || -> #made { #expression })()) } else { quote!(#expression) }
    }

    fn leaf(&self, expression: &mut Expr) {
        match expression {
            Expr::Block(block) => self.block(&mut block.block),
            Expr::If(branch) => {
                self.block(&mut branch.then_branch);
                if let Some((_, otherwise)) = &mut branch.else_branch {
                    self.leaf(otherwise);
                }
            }
            Expr::Match(branches) => branches.arms.iter_mut().for_each(|arm| self.leaf(&mut arm.body)),
            Expr::Paren(inner) => self.leaf(&mut inner.expr),
            Expr::Group(inner) => self.leaf(&mut inner.expr),
            Expr::Call(call) => {
                let assignments = before_leaf(call);
                call.attrs.retain(|attribute| !attribute.path().is_ident(ASSIGN));
                if let Expr::Path(path) = &*call.func
                    && let Some(name) = path.path.get_ident()
                {
                    let state = self.state;
                    *call.func = Expr::Verbatim(quote_spanned!(name.span()=> <#state>::#name));
                }
                if let Some((workflow, next)) = self.chosen {
                    let leaf = quote!(#next::__to(#call));
                    *expression = Expr::Verbatim(assign::before_leaf(workflow, &assignments, &leaf));
                }
            }
            _ => {}
        }
    }

    fn block(&self, block: &mut Block) {
        if let Some(Stmt::Expr(last, None)) = block.stmts.last_mut() {
            self.leaf(last);
        }
    }
}

/// Finds what is behind each `return`.
struct Returns<'a> {
    leaves: &'a Leaves<'a>,
    found: bool,
}

impl VisitMut for Returns<'_> {
    fn visit_expr_return_mut(&mut self, returned: &mut syn::ExprReturn) {
        self.found = true;
        if let Some(expression) = &mut returned.expr {
            self.leaves.leaf(expression);
            self.visit_expr_mut(expression);
        }
    }

    /// A `return` in a closure is the closure's own.
    fn visit_expr_closure_mut(&mut self, _closure: &mut ExprClosure) {}
}
