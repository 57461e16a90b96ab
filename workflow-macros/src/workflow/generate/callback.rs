//! `#[task(callback)]`, and what a `#[nested(…, callback)]` has of it.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Type;
use workflow_model::states::Task;

use super::ambient::{After, Ambient};
use super::drive::call_with;
use super::{Workflow, catch, edge, task};
use crate::workflow::source::{CatchSource, NextSource, StateSource};
use crate::workflow::spanned;

/// ```text
/// {
///     let __result = run.callback(const { &TaskInfo { … } }, __input, |_| None,
///         |input, token, _| Self::ask(self, input, token), Submits::SUBMITTED, Crossing::ANSWERED).await;
///     /* as for a task */
/// }
/// ```
pub(super) fn arm(
    workflow: &Workflow,
    source: &StateSource,
    task: &Task,
    (returned, output): (&Type, &Type),
    next: &NextSource,
    catchers: &[CatchSource],
) -> TokenStream {
    let name = source.name();
    let info = task::info(workflow, task);
    let input = source.input.as_ref().map(|_| quote!(__input,));
    let context = task.takes_context.then(|| quote!(__context));
    let keep = catch::keep(workflow, source, !task.retry.is_empty());
    let kept = catch::kept(workflow, source, catchers);
    let submitted = spanned::projection(returned, &workflow.krate, &["__private", "Submits"], "SUBMITTED");
    let answered = workflow.crossing(output, "ANSWERED");
    let call = quote!(|__input, __token, __context| {
        let _ = (&__input, &__context);
        Self::#name(self, #input __token, #context)
    });
    let locals = spanned::locals(name.span(), name.span());
    let result = quote_spanned!(name.span()=> run.callback(#info, __input, #keep, #call, #submitted, #answered).await);
    let run = quote!(#kept let __result = { #locals #result };);
    let step = edge::evaluated(workflow, source, next, &quote!(__result));
    catch::after(workflow, &run, &step, &task.catch, catchers)
}

/// What a nested callback is given besides what every nested workflow is: how the child is copied, how the answer is read, and how
/// the child's input is made with the token.
///
/// ```text
/// (copy, Crossing::ANSWERED), |run, __input, __token| run.evaluate("Arguments/Input", move || Self::approve(__input, __token))
/// ```
pub(super) fn of_nested(workflow: &Workflow, source: &StateSource, output: &Type, copy: &TokenStream) -> TokenStream {
    let made = call_with(workflow, source, &quote!(__input), Some(&quote!(__token)));
    let evaluated = quote!(run.evaluate("Arguments/Input", move || { let _ = &__input; #made }));
    // Each attempt has its own.
    let evaluated = Ambient::of_body(workflow, source).bound(After::Entry, evaluated);
    let answered = workflow.crossing(output, "ANSWERED");
    quote!((#copy, #answered), |run, __input, __token| #evaluated)
}
