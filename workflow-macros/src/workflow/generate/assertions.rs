//! What rustc is to check on the user's own tokens, in functions that are never called: that states are what the edges say, that
//! errors are ones the task raises, that futures may move between threads.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::Path;
use syn::spanned::Spanned;

use super::Workflow;
use super::retry::error_type;
use super::states::variant;
use crate::workflow::source::{EdgeSource, KindSource, NextSource, StateSource};

/// All assertions of a workflow, and what its edges are typed by.
pub(super) fn assertions(workflow: &Workflow) -> TokenStream {
    let Workflow { self_type, .. } = workflow;
    let (impl_generics, _, where_clause) = workflow.generics.split_for_impl();
    let takers = workflow.states.iter().map(|state| taker(workflow, state));
    let references = references(workflow);
    let states = workflow.states.iter().enumerate().map(|(index, state)| of_state(workflow, index, state));
    quote! {
        #(#takers)*

        #[allow(dead_code, unreachable_patterns, unused_variables, clippy::all, clippy::pedantic)]
        impl #impl_generics #self_type #where_clause {
            fn __workflow_references() { #references }
            #(#states)*
        }
    }
}

/// For half-written code: the references alone, in the editor only, where rustc would repeat what was said.
pub(super) fn completion(workflow: &Workflow) -> TokenStream {
    let Workflow { self_type, .. } = workflow;
    let (impl_generics, _, where_clause) = workflow.generics.split_for_impl();
    let references = references(workflow);
    // rustc does not know rust-analyzer's name, and would warn of it.
    quote! {
        #[allow(unexpected_cfgs)]
        const _: () = {
            #[cfg(rust_analyzer)]
            impl #impl_generics #self_type #where_clause {
                fn __workflow_references() { #references }
            }
        };
    }
}

/// The taker of a state's input, by which an edge without a closure is typed.
///
/// ```ignore
/// struct wait_for_result {}
/// impl Takes<Pending> for wait_for_result {
///     type State = __State;
///     fn take(input: Pending) -> __State { __State::WaitForResult(input) }
/// }
/// ```
fn taker(workflow: &Workflow, state: &StateSource) -> TokenStream {
    let private = {
        let krate = &workflow.krate;
        quote!(#krate::__private)
    };
    let (impl_generics, ty_generics, where_clause) = workflow.generics.split_for_impl();
    let (parameters, self_type) = (&workflow.generics, &workflow.self_type);
    let (name, variant) = (state.name(), variant(state));
    let input = super::methods::replace_self(state.input_type(), self_type);
    let holds =
        (!parameters.params.is_empty()).then(|| quote!(unused: ::core::marker::PhantomData<fn() -> #self_type>));
    quote! {
        #[allow(non_camel_case_types, dead_code)]
        struct #name #parameters #where_clause { #holds }

        impl #impl_generics #private::Takes<#input> for #name #ty_generics #where_clause {
            type State = __State #ty_generics;

            fn take(input: #input) -> Self::State {
                __State::#variant(input)
            }
        }
    }
}

/// A reference to the target of each edge, by which the editor completes, finds and renames it.
fn references(workflow: &Workflow) -> TokenStream {
    let ty_generics = workflow.generics.split_for_impl().1;
    let turbofish = ty_generics.as_turbofish();
    let path = match &workflow.self_type {
        syn::Type::Path(path) => {
            let mut path = path.path.clone();
            if let Some(last) = path.segments.last_mut() {
                last.arguments = syn::PathArguments::None;
            }
            quote!(#path #turbofish)
        }
        other => quote!(<#other>),
    };
    let targets = workflow.states.iter().flat_map(targets);
    let references = targets.map(|target| quote!(let _ = #path::#target;));
    quote!(#(#references)*)
}

/// The targets that stand in the attributes of a state. Those in a choice's body are calls already.
fn targets(state: &StateSource) -> Vec<&Ident> {
    let next = |next: &'_ NextSource| match next {
        NextSource::To(_) => true,
        NextSource::Missing | NextSource::End(_) => false,
    };
    match &state.kind {
        KindSource::Task { next: to, catch, .. } | KindSource::Nested { next: to, catch, .. } => {
            let first = if let (true, NextSource::To(edge)) = (next(to), to) { Some(edge) } else { None };
            first
                .into_iter()
                .chain(catch.iter().map(|catch| &catch.edge))
                .map(|edge: &EdgeSource| &edge.target)
                .collect()
        }
        KindSource::Wait { next: NextSource::To(edge) } | KindSource::Pass { next: NextSource::To(edge) } => {
            vec![&edge.target]
        }
        _ => Vec::new(),
    }
}

fn of_state(workflow: &Workflow, index: usize, state: &StateSource) -> TokenStream {
    let private = {
        let krate = &workflow.krate;
        quote!(#krate::__private)
    };
    let function = format_ident!("__workflow_state_{index}");
    let input = state.input.as_ref().map(|input| {
        let ty = &input.ty;
        quote_spanned!(ty.span()=> #private::assert_payload::<#ty>();)
    });
    let rest = match &state.kind {
        KindSource::Task { takes_context, .. } => task(workflow, state, *takes_context),
        KindSource::Nested { child, .. } => quote_spanned!(child.span()=> #private::assert_workflow::<#child>();),
        _ => TokenStream::new(),
    };
    quote!(fn #function(&self) { #input #rest })
}

/// That the future is `Send`, and that the errors that are named are the task's.
fn task(workflow: &Workflow, state: &StateSource, takes_context: bool) -> TokenStream {
    let private = {
        let krate = &workflow.krate;
        quote!(#krate::__private)
    };
    let name = state.name();
    let returned = match &state.signature.output {
        syn::ReturnType::Default => quote!(()),
        syn::ReturnType::Type(_, ty) => ty.to_token_stream(),
    };
    let arguments =
        state.input.iter().map(|_| quote!(#private::any())).chain(takes_context.then(|| quote!(#private::any())));
    let future = quote_spanned!(name.span()=> #private::assert_send(&self.#name(#(#arguments),*)););
    let errors = workflow.errors_of(state).into_iter().map(|path| error(&private, &returned, path));
    quote!(#future #(#errors)*)
}

/// That a path names an error, and that the task raises errors of its type.
fn error(private: &TokenStream, returned: &TokenStream, path: &Path) -> TokenStream {
    let (ty, _) = error_type(path);
    let raises =
        quote_spanned!(path.span()=> #private::assert_raises::<<#returned as #private::TaskReturn>::Error, #ty>(););
    quote! {
        #raises
        let _ = |error: &#ty| match error {
            #path { .. } => {}
            _ => {}
        };
    }
}
