//! `#[parallel]`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Type, parse_quote};
use workflow_model::states::Parallel;

use super::ambient::{After, Ambient};
use super::drive::call;
use super::{Workflow, arithmetic, catch, edge, raises, retry};
use crate::workflow::source::{BranchSource, CatchSource, NextSource, StateSource};

/// ```text
/// {
///     let __given = Ok(__input);
///     let __result = run.parallel::<Self, _, _, _>(const { &ParallelInfo { … } }, __given, |_| None, |__place, __input| {
///         let mut __fork = __place.fork();
///         let __child: &Charge = &self.charge;
///         let __branch_0 = <Charge as Child>::start_branch(__child, &mut __fork, copy(&__input));
///         /* … */
///         __fork.gather(move || (__branch_0.take(), __branch_1.take(),))
///     }).await;
///     /* as for a task */
/// }
/// ```
pub(super) fn arm(
    workflow: &Workflow,
    source: &StateSource,
    parallel: &Parallel,
    (branches, given): (&[BranchSource], Option<&Type>),
    next: &NextSource,
    catchers: &[CatchSource],
) -> TokenStream {
    let private = workflow.private();
    let retriers = retry::retriers(workflow, &parallel.retry);
    let state = position(workflow, source);
    let info = quote!(const { &#private::ParallelInfo { state: #state, retry: #retriers } });
    let unit = parse_quote!(());
    let given = given.unwrap_or(&unit);
    let copy = catch::copy_of(workflow, given);
    let keep = match parallel.retry.is_empty() {
        true => quote!(|_| ::core::option::Option::None),
        false => quote!(|__input| ::core::option::Option::Some(#copy(__input))),
    };
    let kept = catch::kept(workflow, source, catchers);
    let arguments = match source.body {
        Some(_) => {
            let made = call(workflow, source, &quote!(__input));
            quote!(run.evaluate("Arguments", move || #made))
        }
        None => quote!(::core::result::Result::<#given, #private::Fault>::Ok(__input)),
    };
    let last = branches.len() - 1;
    let starts = branches.iter().enumerate().map(|(index, branch)| {
        // The last one needs no copy.
        let input = if index == last { quote!(__input) } else { quote!(#copy(&__input)) };
        start(workflow, branch, index, given, &input)
    });
    let outputs = branches.iter().enumerate().map(|(index, branch)| {
        let outcome = outcome(index);
        quote_spanned!(branch.child.span()=> #outcome.take())
    });
    let handled = raises::of_state(workflow, state, source);
    let run = quote! {
        #handled
        #kept
        let __given = #arguments;
        let __result = run
            .parallel::<Self, _, _, _>(#info, __given, #keep, |__place, __input| {
                let mut __fork = __place.fork();
                #(#starts)*
                __fork.gather(move || (#(#outputs,)*))
            })
            .await;
    };
    let step = edge::evaluated(workflow, source, next, &quote!(__result));
    catch::after(workflow, &run, &step, &parallel.catch, catchers)
}

/// The position of a state among all.
pub(super) fn position(workflow: &Workflow, source: &StateSource) -> usize {
    let position = workflow.states.iter().position(|state| state.variant == source.variant);
    position.expect("a state that is generated is one of the workflow's")
}

fn outcome(index: usize) -> proc_macro2::Ident {
    format_ident!("__branch_{index}")
}

/// `let __branch_0 = { … };`, on the type of the branch.
fn start(workflow: &Workflow, branch: &BranchSource, index: usize, given: &Type, input: &TokenStream) -> TokenStream {
    let BranchSource { field, child, input: closure } = branch;
    let outcome = outcome(index);
    let child_type = workflow.child(child, "Itself");
    let held = quote_spanned!(field.span()=> let __child: &#child_type = &#field;);
    let its_field = quote_spanned!(field.span()=> __child);
    match closure {
        None => {
            let start = workflow.child(child, "start_branch");
            // What is not of the type that the branch takes is said to be so where it is written.
            let its_input = quote_spanned!(given.span()=> __its_input);
            quote! {
                let #outcome = {
                    #held
                    let #its_input = #input;
                    #start(#its_field, &mut __fork, #its_input)
                };
            }
        }
        Some(closure) => {
            let start = workflow.child(child, "start_branch_with");
            let bindings = edge::bindings(closure, &[&quote!(__its_input)]);
            let body = arithmetic::checked(workflow, &closure.body);
            let made = workflow.child(child, "Input");
            let evaluated = quote!(run.evaluate("Output", move || -> #made { let _ = &__its_input; #bindings #body }));
            // It is run by the branch, which looks at the variables while others do.
            let ambient = Ambient::of_closure(workflow, closure);
            let (context, vars) = (ambient.context(After::Entry), ambient.vars());
            quote! {
                let #outcome = {
                    #held
                    #vars
                    #start(#its_field, &mut __fork, #input, move |run, __its_input: #given| { #context #evaluated })
                };
            }
        }
    }
}
