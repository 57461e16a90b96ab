//! The enum of states: what an execution is between two steps, and what a checkpoint is made of.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use workflow_model::states::StateKind;

use super::methods::replace_self;
use super::{Workflow, poll};
use crate::workflow::source::StateSource;

/// The type of a state's input, outside of the user's `impl` block.
pub(super) fn input_type(workflow: &Workflow, state: &StateSource) -> TokenStream {
    replace_self(state.input_type(), &workflow.self_type)
}

/// The generic parameters' bounds, and that the workflow itself may be shared: its executions run on any thread.
pub(super) fn where_clause(workflow: &Workflow) -> TokenStream {
    let predicates = workflow.generics.where_clause.iter().flat_map(|clause| clause.predicates.iter());
    let self_type = &workflow.self_type;
    // A type without parameters is judged where it is used, with rustc's own words on the field that cannot be shared.
    let shared = (!workflow.generics.params.is_empty())
        .then(|| quote!(#self_type: ::core::marker::Send + ::core::marker::Sync + 'static));
    let predicates: Vec<_> = predicates.map(|predicate| quote!(#predicate)).chain(shared).collect();
    if predicates.is_empty() { TokenStream::new() } else { quote!(where #(#predicates),*) }
}

/// The enum, its constructors by the states' names, and what the run asks of it.
pub(super) fn states(workflow: &Workflow) -> TokenStream {
    let states = &workflow.states;
    let (impl_generics, ty_generics, _) = workflow.generics.split_for_impl();
    let where_clause = where_clause(workflow);
    let parameters = &workflow.generics;
    let definition_where = &workflow.generics.where_clause;
    let variants = states.iter().map(|state| {
        let (variant, input) = (&state.variant, input_type(workflow, state));
        quote!(#variant(#input))
    });
    let polls = poll::loops(workflow);
    let polling = polls.iter().flat_map(|poll| {
        let input = replace_self(poll.input(), &workflow.self_type);
        poll.variants().map(|poll::Variant { name, .. }| quote!(#name(#input)))
    });
    let private = workflow.private();
    let self_type = &workflow.self_type;
    let unused = (!parameters.params.is_empty()).then(|| quote!(__Unused(#private::Unused<#self_type>),));
    let constructors = states.iter().map(|state| constructor(workflow, state));
    let value = value(workflow);
    quote! {
        #[allow(unreachable_pub, private_interfaces, private_bounds)]
        pub enum __State #parameters #definition_where { #(#variants,)* #(#polling,)* #unused }

        #[allow(dead_code, unreachable_pub)]
        impl #impl_generics __State #ty_generics #definition_where { #(#constructors)* }

        impl #impl_generics #private::StateValue for __State #ty_generics #where_clause { #value }
    }
}

/// ```text
/// fn wait_for_result(input: Pending) -> Self { __State::WaitForResult(input) }
/// ```
fn constructor(workflow: &Workflow, state: &StateSource) -> TokenStream {
    let (name, variant) = (state.name(), &state.variant);
    match &state.input {
        Some(_) => {
            let input = input_type(workflow, state);
            quote_spanned!(name.span()=> pub fn #name(input: #input) -> Self { __State::#variant(input) })
        }
        None => quote_spanned!(name.span()=> pub fn #name() -> Self { __State::#variant(()) }),
    }
}

/// The implementation of `StateValue`.
fn value(workflow: &Workflow) -> TokenStream {
    let states = &workflow.states;
    let private = workflow.private();
    let variants: Vec<_> = states.iter().map(|state| &state.variant).collect();
    let crossing = |name: &str| -> Vec<TokenStream> {
        let of = |state| replace_self(workflow.crossing(&StateSource::input_type(state), name), &workflow.self_type);
        states.iter().map(of).collect()
    };
    let (lossy, to_json, cross) = (crossing("IS_LOSSY"), crossing("to_json"), crossing("cross"));
    let indices = 0..variants.len();
    let read = crossing("from_json");
    let positions = indices.clone();
    let [polling_index, polling_json, polling_cross, polling_read] = polling(workflow);
    let unused = (!workflow.generics.params.is_empty())
        .then(|| quote!(__State::__Unused(#private::Unused::Never(never, _)) => match *never {},));
    let unused_owned = (!workflow.generics.params.is_empty())
        .then(|| quote!(__State::__Unused(#private::Unused::Never(never, _)) => match never {},));
    quote! {
        const LOSSY: bool = false #(|| #lossy)*;

        fn index(&self) -> usize {
            match self { #(__State::#variants(_) => #indices,)* #polling_index #unused }
        }

        fn input(&self) -> ::core::result::Result<::std::string::String, #private::serde_json::Error> {
            match self { #(__State::#variants(input) => #to_json(input),)* #polling_json #unused }
        }

        fn read(position: usize, input: &str) -> ::core::result::Result<Self, #private::serde_json::Error> {
            ::core::result::Result::Ok(match position {
                #(#positions => __State::#variants(#read(input)?),)*
                #polling_read
                _ => return ::core::result::Result::Err(#private::no_state()),
            })
        }

        fn cross(self) -> ::core::result::Result<Self, #private::Failure> {
            ::core::result::Result::Ok(match self {
                #(__State::#variants(input) => __State::#variants(#cross(input)?),)*
                #polling_cross
                #unused_owned
            })
        }
    }
}

/// The arms of these functions for the states that polls add.
fn polling(workflow: &Workflow) -> [TokenStream; 4] {
    let private = workflow.private();
    let mut arms: [TokenStream; 4] = std::array::from_fn(|_| TokenStream::new());
    for poll in poll::loops(workflow) {
        let [to_json, cross, read] =
            ["to_json", "cross", "from_json"].map(|name| replace_self(poll.crossing(name), &workflow.self_type));
        for poll::Variant { name, position, .. } in poll.variants() {
            arms[0].extend(quote!(__State::#name(_) => #position,));
            arms[1].extend(quote!(__State::#name(polling) => polling.to_json(|input| #to_json(input)),));
            arms[2].extend(quote!(__State::#name(polling) => __State::#name(polling.cross(|input| #cross(input))?),));
            arms[3].extend(
                quote!(#position => __State::#name(#private::Polling::from_json(input, |input| #read(input))?),),
            );
        }
    }
    arms
}

/// What is known of each state without its input.
pub(super) fn infos(workflow: &Workflow) -> TokenStream {
    let private = workflow.private();
    let infos = workflow.states.iter().zip(&workflow.machine.states).map(|(source, state)| {
        let name = &state.asl_name;
        let kind = match &state.kind {
            StateKind::Poll(_) => return poll::start_info(workflow, &state.asl_name),
            StateKind::Task(_) | StateKind::Nested(_) => quote!(Task),
            StateKind::Parallel(_) => quote!(Parallel),
            StateKind::Map(_) => quote!(Map),
            StateKind::Choice(_) => quote!(Choice),
            StateKind::Wait(_) => quote!(Wait),
            StateKind::Pass(_) => quote!(Pass),
            StateKind::Succeed(_) => quote!(Succeed),
            StateKind::Fail(_) => quote!(Fail),
        };
        let is_timed = source.is_timed;
        quote!(#private::StateInfo { name: #name, kind: #private::StateType::#kind, is_timed: #is_timed })
    });
    let polls = poll::loops(workflow);
    let polling = polls.iter().flat_map(poll::Loop::infos);
    quote!(#(#infos,)* #(#polling),*)
}

/// What states were called before, in Amazon States Language, and where they are now. Nothing where none had another name.
///
/// ```text
/// const FORMERLY: &'static [(&'static str, usize)] = &[("CallService", 0)];
/// ```
pub(super) fn formerly(workflow: &Workflow) -> TokenStream {
    let machine = &workflow.machine;
    let former = machine.states.iter().enumerate().flat_map(|(index, state)| {
        let names = state.formerly.iter().flat_map(|formerly| state.former_names(formerly));
        // A poll is several states, the first of which has its position.
        let positions = move || std::iter::once(index).chain(machine.behind(index)..);
        names.flat_map(move |names| names.into_iter().zip(positions()))
    });
    let former: Vec<_> = former.map(|(name, position)| quote!((#name, #position))).collect();
    if former.is_empty() {
        return TokenStream::new();
    }
    quote!(const FORMERLY: &'static [(&'static str, usize)] = &[#(#former),*];)
}
