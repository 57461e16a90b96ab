//! The user's methods, with our attributes removed.

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Pat, ReturnType, Signature, Type};

use super::ambient::Ambient;
use super::edge::Leaves;
use super::{Workflow, arithmetic};
use crate::workflow::source::{Input, KindSource, StateSource};
use crate::workflow::spanned;

/// ```text
/// impl PollService {
///     /// Hand the job to the service.
///     async fn call_service(&self, job: Job) -> Result<String, ServiceError> { … }
///
///     #[allow(dead_code, …)]
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
    let signature = &signature(workflow, state);
    let head = head(state);
    let itself = workflow.self_type.span();
    let krate = spanned::at(itself, &workflow.krate);
    let states = quote_spanned!(itself=> <Self as #krate::Workflow>::State);
    let next = quote_spanned!(itself=> #krate::Next::<Self>);
    match (&state.body, &state.kind) {
        (Some(_), KindSource::Choice { body }) => {
            let leaves = Leaves { state: &states, chosen: Some((workflow, &next)) };
            let body = leaves.expression(&arithmetic::checked(workflow, body));
            quote!(#head #[allow(clippy::redundant_closure_call)] #signature { #body })
        }
        (Some(body), KindSource::Task { .. } | KindSource::Poll { .. } | KindSource::Broken) => {
            quote!(#head #signature #body)
        }
        (Some(body), _) => {
            let body = arithmetic::checked_body(workflow, body);
            quote!(#head #signature #body)
        }
        (None, _) => {
            let name = &signature.ident;
            let (parameter, argument) = match &state.input {
                Some(Input { pattern: Pat::Ident(pattern), ty }) => {
                    let name = &pattern.ident;
                    (quote!(#name: #ty), name.to_token_stream())
                }
                Some(Input { ty, .. }) => (quote!(__input: #ty), quote!(__input)),
                None => (TokenStream::new(), TokenStream::new()),
            };
            quote!(#head fn #name(#parameter) -> #next { #next::__to(<#states>::#name(#argument)) })
        }
    }
}

/// The signature, with the parameters by which the body is given what it mentions and nothing binds.
fn signature(workflow: &Workflow, state: &StateSource) -> Signature {
    let mut signature = state.signature.clone();
    signature.inputs.extend(Ambient::of_body(workflow, state).parameters(workflow));
    signature
}

/// What stands before the signature.
fn head(state: &StateSource) -> TokenStream {
    let StateSource { attributes, visibility, .. } = state;
    // A state is a step of the run, not something that is called by its name, nor a constructor where it is named like the
    // type, and its form is not the author's to choose.
    quote! {
        #(#attributes)*
        #[allow(
            dead_code,
            clippy::needless_pass_by_value,
            clippy::self_named_constructors,
            clippy::unnecessary_wraps,
            clippy::unused_async,
            clippy::unused_self
        )]
        #visibility
    }
}

/// The methods of a workflow with errors. Only those that are right so far keep their bodies, as rustc would repeat in its own words
/// what was said of the others. The editor sees every body.
pub(super) fn remains(workflow: &Workflow) -> TokenStream {
    let Workflow { attributes, self_type, others, .. } = workflow;
    let (impl_generics, _, where_clause) = workflow.generics.split_for_impl();
    let is_first = |&(position, state): &(usize, &StateSource)| {
        workflow.states[..position].iter().all(|earlier| earlier.name() != state.name())
    };
    let states = workflow.states.iter().enumerate().filter(is_first).map(|(_, state)| remaining(workflow, state));
    quote! {
        #(#attributes)*
        #[allow(unexpected_cfgs)]
        impl #impl_generics #self_type #where_clause {
            #(#states)*
            #(#others)*
        }
    }
}

/// ```text
/// #[cfg(not(rust_analyzer))]
/// #[allow(unused_variables)]
/// fn is_ready(answer: Answer) -> Next<Self> { unreachable!() }
///
/// #[cfg(rust_analyzer)]
/// fn is_ready(answer: Answer) -> Next<Self> { match answer { /* … */ } }
/// ```
fn remaining(workflow: &Workflow, state: &StateSource) -> TokenStream {
    let head = head(state);
    let signature = signature(workflow, state);
    let body = match (&state.body, &state.kind) {
        // Of `impl Future`, only a body says which type it is.
        (Some(body), KindSource::Task { .. } | KindSource::Poll { .. }) if !state.refused || is_hidden(&signature) => {
            return quote!(#head #signature #body);
        }
        (Some(_), KindSource::Choice { body }) => {
            let body = Leaves { state: &quote!(Self), chosen: None }.expression(body);
            quote!({ #body })
        }
        (Some(body), _) => quote!(#body),
        (None, _) => quote!({ ::core::unreachable!() }),
    };
    let krate = &workflow.krate;
    let result = match (&state.body, &signature.output) {
        (None, ReturnType::Default) => quote!(-> #krate::Next<Self>),
        _ => TokenStream::new(),
    };
    quote! {
        #[cfg(not(rust_analyzer))]
        #[allow(unused_variables)]
        #head #signature #result { ::core::unreachable!() }

        #[cfg(rust_analyzer)]
        #head #signature #result #body
    }
}

/// Whether a method returns `impl Trait`.
fn is_hidden(signature: &Signature) -> bool {
    matches!(&signature.output, ReturnType::Type(_, ty) if matches!(**ty, Type::ImplTrait(_)))
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
