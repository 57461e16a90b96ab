//! What becomes of the result of a task or a nested workflow: the next step, or a catcher's.

use proc_macro2::TokenStream;
use quote::quote;
use workflow_model::states::Catcher;

use super::{Workflow, edge, retry};
use crate::workflow::source::CatchSource;

/// How the input is kept for a further attempt.
pub(super) fn keep(retried: bool) -> TokenStream {
    match retried {
        true => quote!(|__input| ::core::option::Option::Some(::core::clone::Clone::clone(__input))),
        false => quote!(|_| ::core::option::Option::None),
    }
}

/// A copy of the input for the catchers that want it.
pub(super) fn kept(catchers: &[CatchSource]) -> TokenStream {
    let wanted = |catcher: &CatchSource| catcher.edge.closure.as_ref().is_some_and(|closure| closure.inputs.len() > 1);
    if catchers.iter().any(wanted) {
        quote!(let __kept = ::core::clone::Clone::clone(&__input);)
    } else {
        TokenStream::new()
    }
}

/// The step after `run`, which binds `__result`. `step` makes a step of it, or fails.
pub(super) fn after(
    workflow: &Workflow,
    run: &TokenStream,
    step: &TokenStream,
    catchers: &[Catcher],
    sources: &[CatchSource],
) -> TokenStream {
    let private = {
        let krate = &workflow.krate;
        quote!(#krate::__private)
    };
    let catch = catch(workflow, catchers, sources);
    quote! {{
        #run
        let __step: ::core::result::Result<_, #private::Fault> = match __result {
            ::core::result::Result::Ok(__result) => #step,
            ::core::result::Result::Err(__fault) => ::core::result::Result::Err(__fault),
        };
        match __step {
            ::core::result::Result::Ok(__step) => __step,
            ::core::result::Result::Err(__fault) => {
                #catch
            }
        }
    }}
}

/// ```ignore
/// match caught(const { &[&[ErrorMatch::Named("ServiceError.Rejected")]] }, &__fault) {
///     Some(0) => { let next = run.evaluate("Catch/0/Output", || …); run.go(next) }
///     _ => Step::Fail(__fault.failure),
/// }
/// ```
fn catch(workflow: &Workflow, catchers: &[Catcher], sources: &[CatchSource]) -> TokenStream {
    let private = {
        let krate = &workflow.krate;
        quote!(#krate::__private)
    };
    if catchers.is_empty() {
        return quote!(#private::Step::Fail(__fault.failure));
    }
    let errors = catchers.iter().map(|catcher| retry::errors(workflow, &catcher.errors));
    let arms = sources.iter().enumerate().map(|(index, source)| {
        let location = format!("Catch/{index}/Output");
        let given = [&quote!(__fault.failure), &quote!(__kept)];
        let next = edge::evaluated_edge(workflow, &source.edge, &location, &given);
        quote! {
            ::core::option::Option::Some(#index) => {
                let __next = #next;
                run.go(__next)
            }
        }
    });
    quote! {
        match #private::caught(const { &[#(#errors),*] }, &__fault) {
            #(#arms)*
            _ => #private::Step::Fail(__fault.failure),
        }
    }
}
