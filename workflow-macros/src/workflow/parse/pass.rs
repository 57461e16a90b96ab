//! `#[pass(next)] fn state(input: I) -> O { expression }`.

use proc_macro2::TokenStream;
use syn::{Pat, ReturnType, Type};
use workflow_model::expr::Lambda;
use workflow_model::machine::TypeRef;
use workflow_model::states::{Pass, StateKind};

use super::Parser;
use super::state::Draft;
use crate::workflow::source::{KindSource, StateSource};

impl Parser<'_> {
    pub(super) fn pass(&mut self, draft: &Draft<'_>) -> (StateKind, KindSource, Option<String>) {
        self.portable_signature(draft);
        let output = match (&draft.signature.output, draft.body) {
            (ReturnType::Type(_, ty), Some(_)) => Some(self.tables.type_ref(ty)),
            (ReturnType::Default, None) => draft.input.map(|input| self.tables.type_ref(&input.ty)),
            (ReturnType::Type(_, ty), None) => {
                self.refuse(
                    ty,
                    "a `#[pass]` without a body passes its input on",
                    &["write a body, or remove the result type"],
                );
                None
            }
            (ReturnType::Default, Some(body)) => {
                self.refuse(body, "a `#[pass]` with a body gives a result", &["write its type, as in `-> Report`"]);
                None
            }
        };
        let mut options = self.options(draft.arguments(), "#[pass]", &["next", "end", "name"]);
        let asl_name = self.asl_name(draft, &mut options);
        let (next, next_source) = self.next(draft, &mut options, &[output]);
        let body = draft.body.and_then(|body| self.body_lambda(draft, body));
        (StateKind::Pass(Pass { body, output, next }), KindSource::Pass { next: next_source }, asl_name)
    }

    /// A body as a function of the state's input.
    pub(super) fn body_lambda(&mut self, draft: &Draft<'_>, body: &TokenStream) -> Option<Lambda> {
        let block = self.block(body)?;
        let params = self.params(draft);
        // A body is evaluated once, before any attempt.
        let outer = std::mem::take(&mut self.ambient.attempts);
        let lambda = self.reader().body(&params, &block);
        self.ambient.attempts = outer;
        lambda
    }

    /// The state's parameter as that of a function.
    pub(super) fn params<'d>(&mut self, draft: &Draft<'d>) -> Vec<(&'d Pat, Option<TypeRef>)> {
        let input = draft.input.map(|input| (&input.pattern, Some(self.tables.type_ref(&input.ty))));
        input.into_iter().collect()
    }
}

/// The type of what a pass gives.
pub(super) fn result_type(state: &StateSource) -> Type {
    match &state.signature.output {
        ReturnType::Type(_, ty) => (**ty).clone(),
        ReturnType::Default => state.input_type(),
    }
}
