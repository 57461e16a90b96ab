//! The user's methods, with our attributes removed.

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{FnArg, Type};

use super::edge::Leaves;
use super::{Workflow, arithmetic};
use crate::workflow::source::{KindSource, StateSource};

/// ```ignore
/// impl PollService {
///     /// Hand the job to the service.
///     async fn call_service(&self, job: Job) -> Result<String, ServiceError> { … }
///
///     #[allow(dead_code)]
///     fn wait_for_result(pending: Pending) -> Next<Self> { Next::__to(State::wait_for_result(pending)) }
/// }
/// ```
pub(super) fn methods(workflow: &Workflow) -> TokenStream {
    let Workflow { attributes, self_type, others, .. } = workflow;
    let (impl_generics, _, where_clause) = workflow.generics.split_for_impl();
    let states = workflow.states.iter().map(|state| method(workflow, state));
    quote! {
        #(#attributes)*
        impl #impl_generics #self_type #where_clause {
            #(#states)*
            #(#others)*
        }
    }
}

fn method(workflow: &Workflow, state: &StateSource) -> TokenStream {
    let StateSource { attributes, visibility, signature, .. } = state;
    let krate = &workflow.krate;
    // A state is a step of the run, not something that is called by its name.
    let head = quote!(#(#attributes)* #[allow(dead_code)] #visibility);
    match (&state.body, &state.kind) {
        (Some(_), KindSource::Choice { body }) => {
            let states = quote!(<Self as #krate::Workflow>::State);
            let body = Leaves { workflow, state: &states }.expression(&arithmetic::checked(workflow, body));
            quote!(#head #[allow(clippy::redundant_closure_call)] #signature { #krate::Next::<Self>::__to(#body) })
        }
        (Some(body), KindSource::Task { .. } | KindSource::Broken) => quote!(#head #signature #body),
        (Some(body), _) => {
            let body = arithmetic::checked_body(workflow, body);
            quote!(#head #signature #body)
        }
        (None, _) => {
            let (name, generics) = (&signature.ident, &signature.generics);
            let parameters = signature.inputs.iter().filter(|argument| matches!(argument, FnArg::Typed(_)));
            let argument = match &state.input {
                Some(input) => match &input.pattern {
                    syn::Pat::Ident(name) => Some(name.ident.to_token_stream()),
                    _ => return quote!(),
                },
                None => None,
            };
            let is_task = matches!(state.kind, KindSource::Task { .. } | KindSource::Broken);
            let body = match is_task {
                true => quote!(::core::unreachable!()),
                false => quote!(#krate::Next::__to(<<Self as #krate::Workflow>::State>::#name(#argument))),
            };
            quote!(#head fn #name #generics (#(#parameters),*) -> #krate::Next<Self> { #body })
        }
    }
}

/// A type as it is called outside of the user's `impl` block, where `Self` may be something else.
pub(super) fn replace_self(tokens: impl ToTokens, self_type: &Type) -> TokenStream {
    tokens
        .to_token_stream()
        .into_iter()
        .flat_map(|token| match token {
            TokenTree::Ident(ident) if ident == "Self" => self_type.to_token_stream(),
            TokenTree::Group(group) => {
                let mut replaced = Group::new(group.delimiter(), replace_self(group.stream(), self_type));
                replaced.set_span(group.span());
                TokenTree::Group(replaced).to_token_stream()
            }
            other => other.to_token_stream(),
        })
        .collect()
}
