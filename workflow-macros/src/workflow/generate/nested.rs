//! `#[nested]`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, ReturnType, Type};
use workflow_model::integrations::Pattern;
use workflow_model::states::Nested;

use super::drive::call;
use super::{Workflow, bounds, callback, catch, edge, retry};
use crate::workflow::source::{CatchSource, NextSource, StateSource};
use crate::workflow::spanned;

/// ```text
/// {
///     let __child: &PollService = &self.poll;
///     let __result = <PollService as Child>::run_nested(__child, run, const { &NestedInfo { … } }, __input, |_| None).await;
///     /* as for a task */
/// }
/// ```
pub(super) fn arm(
    workflow: &Workflow,
    source: &StateSource,
    nested: &Nested,
    (field, child, output): (&Expr, &Type, &Type),
    next: &NextSource,
    catchers: &[CatchSource],
) -> TokenStream {
    let private = workflow.private();
    let timeout = retry::optional(nested.timeout);
    let retriers = retry::retriers(workflow, &nested.retry);
    let heartbeat = retry::optional(nested.heartbeat);
    let info = quote! {
        const { &#private::NestedInfo { timeout: #timeout, heartbeat: #heartbeat, retry: #retriers } }
    };
    let keep = catch::keep(workflow, source, !nested.retry.is_empty());
    let kept = catch::kept(workflow, source, catchers);
    // What is not of the type that it should be is said to be so where it is written.
    let given = match (&source.body, &source.signature.output, &source.input) {
        _ if nested.is_callback() => source.input.as_ref().map_or(source.name().span(), |input| input.ty.span()),
        (Some(_), ReturnType::Type(_, ty), _) => ty.span(),
        (_, _, Some(input)) => input.ty.span(),
        _ => source.name().span(),
    };
    let locals = spanned::locals(child.span(), given);
    let given = quote_spanned!(given=> __input);
    let start = match nested.pattern {
        Pattern::RequestResponse => "start_nested",
        Pattern::Sync => "run_nested_described",
        Pattern::Sync2 => "run_nested",
        Pattern::WaitForTaskToken => "run_nested_callback",
    };
    let (start, child_type) = (workflow.child(child, start), workflow.child(child, "Itself"));
    // A child that goes on alone is a copy.
    let alone = match nested.pattern {
        Pattern::RequestResponse => Some(copy(workflow, child)),
        Pattern::WaitForTaskToken => Some(callback::of_nested(workflow, source, output, &copy(workflow, child))),
        Pattern::Sync | Pattern::Sync2 => None,
    };
    let alone = alone.into_iter();
    let field_type = quote_spanned!(field.span()=> let __child: &#child_type = &#field;);
    let its_field = quote_spanned!(field.span()=> __child);
    let start =
        quote_spanned!(child.span()=> { #field_type #start(#its_field, run, #info, #given, #keep #(, #alone)*).await });
    let room = (!workflow.generics.params.is_empty())
        .then(|| bounds::room_of(workflow, &source.name().to_string(), nested, child))
        .flatten()
        .map(|room| quote!(const { #room };));
    let start = quote!({ #room #locals #start });
    let run = match source.body {
        // The body of a callback is evaluated for each attempt, as each has a token of its own.
        Some(_) if nested.is_callback() => quote!(#kept let __result = #start;),
        None => quote!(#kept let __result = #start;),
        Some(_) => {
            let input = call(workflow, source, &quote!(__input));
            quote! {
                #kept
                let __result = match run.evaluate("Arguments/Input", move || #input) {
                    ::core::result::Result::Ok(__input) => #start,
                    ::core::result::Result::Err(__fault) => ::core::result::Result::Err(__fault),
                };
            }
        }
    };
    let step = edge::evaluated(workflow, source, next, &quote!(__result));
    catch::after(workflow, &run, &step, &nested.catch, catchers)
}

/// `<Copies as CopyOfWorkflow<PollService>>::copy`: what copies a child that is left to itself. An error about it stands on the
/// child's type.
fn copy(workflow: &Workflow, child: &Type) -> TokenStream {
    let (start, end) = spanned::ends(child);
    let private = spanned::at(start, workflow.private());
    let mut function = quote_spanned!(start=> <#private::Copies as #private::CopyOfWorkflow<#child>>::);
    function.extend(quote_spanned!(end=> copy));
    function
}
