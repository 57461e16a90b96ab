//! What becomes of the result of a task or a nested workflow: the next step, or a catcher's.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{ExprClosure, Type};
use workflow_model::states::Catcher;

use super::assign::is_input_wanted;
use super::{Workflow, edge, retry};
use crate::workflow::source::{CatchSource, NextSource, StateSource};
use crate::workflow::spanned;

/// How the input is kept for a further attempt.
pub(super) fn keep(workflow: &Workflow, source: &StateSource, retried: bool) -> TokenStream {
    if !retried {
        return quote!(|_| ::core::option::Option::None);
    }
    let copy = copy(workflow, source);
    quote!(|__input| ::core::option::Option::Some(#copy(__input)))
}

/// Copies of the input for the closures behind the state that want it: that of `next` or `end`, and the catchers', one of which may run
/// because the first one failed.
pub(super) fn kept(workflow: &Workflow, source: &StateSource, catchers: &[CatchSource]) -> TokenStream {
    let next =
        source.next().and_then(NextSource::closure).is_some_and(wants_input) || is_input_wanted(source, &source.assign);
    let caught = catchers_want_input(source, catchers);
    let copy = copy(workflow, source);
    let next = next.then(|| quote!(let __kept_for_next = #copy(&__input);));
    let caught = caught.then(|| quote!(let __kept = #copy(&__input);));
    quote!(#next #caught)
}

/// Whether a catcher takes the state's input.
pub(super) fn catchers_want_input(source: &StateSource, catchers: &[CatchSource]) -> bool {
    catchers.iter().any(|catcher| {
        catcher.edge.closure.as_ref().is_some_and(wants_input) || is_input_wanted(source, &catcher.assign)
    })
}

fn wants_input(closure: &ExprClosure) -> bool {
    closure.inputs.len() > 1
}

/// The function that copies a state's input. An error about it stands on the input's type.
pub(super) fn copy(workflow: &Workflow, source: &StateSource) -> TokenStream {
    copy_of(workflow, &source.input_type())
}

/// The function that copies a value of a type. An error about it stands on the type.
pub(super) fn copy_of(workflow: &Workflow, input: &Type) -> TokenStream {
    let (start, end) = spanned::ends(input);
    let private = spanned::at(start, workflow.private());
    let mut function = quote_spanned!(start=> <#private::Copies as #private::CopyOf<#input>>::);
    function.extend(quote_spanned!(end=> copy));
    function
}

/// The step after `run`, which binds `__result`. `step` makes a step of it, or fails.
pub(super) fn after(
    workflow: &Workflow,
    run: &TokenStream,
    step: &TokenStream,
    catchers: &[Catcher],
    sources: &[CatchSource],
) -> TokenStream {
    let private = workflow.private();
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

/// ```text
/// match caught(const { &[&[ErrorMatch::Named("ServiceError.Rejected")]] }, &__fault) {
///     Some(0) => { let next = run.evaluate("Catch/0/Output", || …); run.go(next) }
///     _ => Step::Fail(__fault.failure),
/// }
/// ```
fn catch(workflow: &Workflow, catchers: &[Catcher], sources: &[CatchSource]) -> TokenStream {
    let private = workflow.private();
    if catchers.is_empty() {
        return quote!(#private::Step::Fail(__fault.failure));
    }
    let errors = catchers.iter().map(|catcher| retry::errors(workflow, &catcher.errors));
    let arms = sources.iter().enumerate().map(|(index, source)| {
        let given = [&quote!(__fault.failure), &quote!(__kept)];
        let next = edge::caught(workflow, source, &format!("Catch/{index}"), given);
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
