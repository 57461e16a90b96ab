//! What rustc is to check on the user's own tokens, in functions that are never called: that states are what the edges say, that
//! errors are ones the task raises, that futures may move between threads.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Path, Type};

use super::retry::error_type;
use super::states::input_type;
use super::{Workflow, service};
use crate::workflow::source::{EdgeSource, KindSource, NextSource, StateSource};
use crate::workflow::spanned;

/// All assertions of a workflow, and what its edges are typed by.
pub(super) fn assertions(workflow: &Workflow) -> TokenStream {
    let Workflow { self_type, .. } = workflow;
    let (impl_generics, _, where_clause) = workflow.generics.split_for_impl();
    let takers = takers(workflow);
    let takes = workflow.states.iter().map(|state| taker(workflow, state));
    let references = references(workflow);
    let states = workflow.states.iter().enumerate().flat_map(|(index, state)| {
        [of_state(workflow, index, state), service::arguments(workflow, index, state)].into_iter().flatten()
    });
    quote! {
        #takers
        #(#takes)*

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

/// The types by which edges without closures are typed. They have a module of their own, as a module of the user's may be called as a
/// state is.
///
/// ```text
/// mod __takers { pub struct call_service; pub struct wait_for_result; /* … */ }
/// ```
fn takers(workflow: &Workflow) -> TokenStream {
    let holds = (!workflow.generics.params.is_empty()).then(|| quote!(<W>(::core::marker::PhantomData<fn() -> W>)));
    let takers = workflow.states.iter().map(|state| {
        let name = state.name();
        quote_spanned!(name.span()=> pub struct #name #holds;)
    });
    quote! {
        #[allow(non_camel_case_types, dead_code, unreachable_pub)]
        mod __takers { #(#takers)* }
    }
}

/// The type by which an edge to a state is typed, as in `__takers::wait_for_result`.
pub(super) fn taker_of(workflow: &Workflow, state: &Ident) -> TokenStream {
    let self_type = &workflow.self_type;
    let of_workflow = (!workflow.generics.params.is_empty()).then(|| quote!(<#self_type>));
    quote_spanned!(state.span()=> __takers::#state #of_workflow)
}

/// ```text
/// impl Takes<Pending> for __takers::wait_for_result {
///     type State = __State;
///     fn take(input: Pending) -> __State { __State::WaitForResult(input) }
/// }
/// ```
fn taker(workflow: &Workflow, state: &StateSource) -> TokenStream {
    let private = workflow.private();
    let (impl_generics, ty_generics, where_clause) = workflow.generics.split_for_impl();
    let (taker, variant) = (taker_of(workflow, state.name()), &state.variant);
    let input = input_type(workflow, state);
    // Where an edge gives something else, rustc shows this as what is taken.
    quote_spanned! {state.name().span()=>
        impl #impl_generics #private::Takes<#input> for #taker #where_clause {
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
        KindSource::Task { next: to, catch, .. }
        | KindSource::Poll { next: to, catch, .. }
        | KindSource::Nested { next: to, catch, .. }
        | KindSource::Parallel { next: to, catch, .. }
        | KindSource::Map { next: to, catch, .. } => {
            let first = if let (true, NextSource::To(edge)) = (next(to), to) { Some(edge) } else { None };
            let deadline = match &state.kind {
                KindSource::Poll { on_deadline, .. } => on_deadline.as_ref(),
                _ => None,
            };
            first
                .into_iter()
                .chain(deadline)
                .chain(catch.iter().map(|catch| &catch.edge))
                .map(|edge: &EdgeSource| &edge.target)
                .collect()
        }
        KindSource::Wait { next: NextSource::To(edge), .. } | KindSource::Pass { next: NextSource::To(edge) } => {
            vec![&edge.target]
        }
        _ => Vec::new(),
    }
}

/// That the errors that are named are those of the task.
fn of_state(workflow: &Workflow, index: usize, state: &StateSource) -> Option<TokenStream> {
    let raised = match &state.kind {
        // What is sent with a token may be any error.
        _ if workflow.machine.states[index].kind.is_callback() => None,
        KindSource::Task { returned, .. } => {
            Some(spanned::projection(returned, &workflow.krate, &["TaskReturn"], "Error"))
        }
        KindSource::Poll { returned, .. } => Some(super::poll::of_returned(workflow, returned, "Error")),
        _ => return None,
    };
    let errors = workflow.errors_of(index);
    if errors.is_empty() {
        return None;
    }
    let errors = errors.into_iter().map(|path| error(workflow, raised.as_ref(), &path));
    let function = format_ident!("__workflow_state_{index}");
    Some(quote!(fn #function() { #(#errors)* }))
}

/// That a path names an error, and that the task raises errors of its type.
fn error(workflow: &Workflow, raised: Option<&Type>, path: &Path) -> TokenStream {
    let (ty, _) = error_type(path);
    let private = workflow.private();
    let raised = raised.map(|raised| quote!(let _ = <#ty as #private::RaisedBy<#raised>>::CHECKED;));
    quote! {
        #raised
        let _ = |error: &#ty| match error {
            #path { .. } => {}
            _ => {}
        };
    }
}
