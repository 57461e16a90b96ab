//! What follows a state: `next = state`, `next = |result, input| state(expression)`, `end`, `end = |result, input| expression`.

use proc_macro2::Ident;
use syn::{Expr, ExprField, ExprLit, Lit, Member};
use workflow_model::finding::StatePart;
use workflow_model::machine::{Next, Transition, TypeRef};

use super::Parser;
use super::header::ident;
use super::options::{Options, is_unread};
use super::state::Draft;
use crate::workflow::source::{EdgeSource, NextSource};
use crate::workflow::spanned;

impl Parser<'_> {
    /// Takes `next` or `end` of a state with a result, whose closure may be given the state's input as well.
    pub(super) fn next_of_result(
        &mut self,
        draft: &Draft<'_>,
        options: &mut Options,
        result: TypeRef,
    ) -> (Next, NextSource) {
        let input = draft.input.map(|input| self.tables.type_ref(&input.ty));
        self.next(draft, options, &[Some(result), input])
    }

    /// Takes `next` or `end`. `given` are the types of what a closure is given.
    pub(super) fn next(
        &mut self,
        draft: &Draft<'_>,
        options: &mut Options,
        given: &[Option<TypeRef>],
    ) -> (Next, NextSource) {
        let end = options.flag("end", self.errors);
        let next = options.value("next", "done", self.errors);
        match (next, end) {
            (Some(next), end) => {
                if let Some((end, _)) = end {
                    let help = "keep `next` to go on, or `end` to end the execution";
                    let message = "a state has a successor or ends the execution, not both";
                    self.errors.push(end, workflow_model::Code::W0106, message, &[help.to_owned()]);
                }
                self.places.set(draft.place(StatePart::Option("next")), &next);
                match self.edge(next, given) {
                    Some((transition, source)) => {
                        self.places.set(draft.place(StatePart::Target(0)), &source.target);
                        (Next::To(transition), NextSource::To(source))
                    }
                    // What is wrong with it has been said: it is no missing successor.
                    None => {
                        self.errors.set_unread();
                        (Next::End(None), NextSource::Missing)
                    }
                }
            }
            (None, Some((_, None))) => (Next::End(None), NextSource::End(None)),
            (None, Some((_, Some(Expr::Closure(closure))))) => {
                let lambda = self.reader().closure(&closure, given);
                (Next::End(lambda), NextSource::End(Some(closure)))
            }
            (None, Some((_, Some(other)))) if is_unread(&other) => (Next::End(None), NextSource::Missing),
            (None, Some((_, Some(other)))) => {
                let help = "write `end`, or `end = |result| …`";
                self.refuse(other, "`end` takes a closure, or nothing", &[help]);
                (Next::End(None), NextSource::Missing)
            }
            (None, None) => (Next::Missing, NextSource::Missing),
        }
    }

    /// Reads `state` or `|result| state(expression)`.
    pub(super) fn edge(&mut self, value: Expr, params: &[Option<TypeRef>]) -> Option<(Transition, EdgeSource)> {
        if let Some(target) = ident(&value) {
            let transition = Transition { target: name_of(&target), payload: None };
            return Some((transition, EdgeSource { target, closure: None }));
        }
        let Expr::Closure(closure) = value else {
            if is_unread(&value) {
                return None;
            }
            let Some(target) = meant(&value) else {
                let help = "write the name of a state, as in `done`, or `|value| done(…)`";
                self.refuse(&value, "a successor is the name of a state, or a closure that ends in one", &[help]);
                return None;
            };
            let message = "a successor is the name of a state, and nothing but the name";
            self.refuse(&value, message, &[&format!("write `{target}`")]);
            return Some((
                Transition { target: name_of(&target), payload: None },
                EdgeSource { target, closure: None },
            ));
        };
        let edge = self.reader().edge(&closure, params);
        let target = edge.target?;
        // Where something in the closure was refused, the edge is still one of the graph.
        let transition = Transition { target: name_of(&target), payload: edge.payload };
        Some((transition, EdgeSource { target, closure: Some(closure) }))
    }
}

/// The state that is meant by `"done"`, `Self::done`, `self.done` or `done()`.
pub(super) fn meant(value: &Expr) -> Option<Ident> {
    let mut target = match value {
        Expr::Lit(ExprLit { lit: Lit::Str(name), .. }) => name.parse().ok()?,
        Expr::Path(path) => path.path.segments.last()?.ident.clone(),
        Expr::Field(ExprField { member: Member::Named(name), .. }) => name.clone(),
        Expr::MethodCall(call) if call.args.is_empty() => call.method.clone(),
        Expr::Call(call) if call.args.is_empty() => meant(&call.func).or_else(|| ident(&call.func))?,
        _ => return None,
    };
    target.set_span(spanned::ends(value).0);
    Some(target)
}

/// The name of a state as the model has it, without `r#`.
pub(super) fn name_of(ident: &proc_macro2::Ident) -> String {
    syn::ext::IdentExt::unraw(ident).to_string()
}
