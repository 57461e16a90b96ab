//! `#[pass(next)] fn state(input: I) -> O { expression }`.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::ReturnType;
use workflow_model::expr::{Lambda, Param, Pattern};
use workflow_model::states::{Pass, StateKind};

use super::Parser;
use super::state::Draft;
use crate::workflow::source::{KindSource, StateSource};

impl Parser<'_> {
    pub(super) fn pass(&mut self, draft: &Draft<'_>) -> (StateKind, KindSource, Option<String>) {
        self.portable_signature(draft);
        let output = match (&draft.signature.output, draft.body) {
            (ReturnType::Type(_, ty), Some(_)) => Some(self.tables.intern_type(ty.to_token_stream())),
            (ReturnType::Default, None) => draft.input.map(|input| self.tables.intern_type(input.ty.to_token_stream())),
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
        let mut options = self.options(draft.arguments());
        let asl_name = self.asl_name(draft, &mut options);
        let (next, next_source) = self.next(draft, &mut options, output);
        options.finish("#[pass]", &["next", "end", "name"], self.errors);
        let body = draft.body.and_then(|body| self.body_lambda(draft, body));
        (StateKind::Pass(Pass { body, output, next }), KindSource::Pass { next: next_source }, asl_name)
    }

    /// A body as a function of the state's input.
    pub(super) fn body_lambda(&mut self, draft: &Draft<'_>, body: &TokenStream) -> Option<Lambda> {
        let block = self.block(body)?;
        let params = self.params(draft);
        let body = self.reader().body(&block)?;
        Some(Lambda { params, body })
    }

    /// The state's parameter as that of a function.
    pub(super) fn params(&mut self, draft: &Draft<'_>) -> Vec<Param> {
        let Some(input) = draft.input else { return Vec::new() };
        let type_ref = Some(self.tables.intern_type(input.ty.to_token_stream()));
        let pattern = self.reader().pattern(&input.pattern).unwrap_or(Pattern::Wildcard);
        vec![Param { pattern, type_ref }]
    }
}

/// The type of what a pass gives.
pub(super) fn result_type(state: &StateSource) -> TokenStream {
    match &state.signature.output {
        ReturnType::Type(_, ty) => ty.to_token_stream(),
        ReturnType::Default => state.input_type(),
    }
}
