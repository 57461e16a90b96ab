//! `#[task(activity)]`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Type;
use workflow_model::states::Task;

use super::{Workflow, catch, edge, task};
use crate::workflow::source::{CatchSource, NextSource, StateSource};
use crate::workflow::spanned;

/// ```text
/// {
///     let __result = run.activity(const { &TaskInfo { … } }, "Resize", __input, Crossing::to_json, Crossing::ANSWERED).await;
///     /* as for a task */
/// }
/// ```
pub(super) fn arm(
    workflow: &Workflow,
    source: &StateSource,
    task: &Task,
    output: &Type,
    next: &NextSource,
    catchers: &[CatchSource],
) -> TokenStream {
    let (name, activity) = (source.name(), &task.activity);
    let info = task::info(workflow, task);
    let kept = catch::kept(workflow, source, catchers);
    let to_json = workflow.crossing(&source.input_type(), "to_json");
    let answered = workflow.crossing(output, "ANSWERED");
    let locals = spanned::locals(name.span(), name.span());
    let result = quote_spanned!(name.span()=> run.activity(#info, #activity, __input, #to_json, #answered).await);
    let run = quote!(#kept let __result = { #locals #result };);
    let step = edge::evaluated(workflow, source, next, &quote!(__result));
    catch::after(workflow, &run, &step, &task.catch, catchers)
}
