//! `#[nested]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Expr, Type};
use workflow_model::states::Nested;

use super::step::call;
use super::{Workflow, catch, edge, retry};
use crate::workflow::source::{CatchSource, NextSource, StateSource};

/// ```ignore
/// {
///     let __result = run.nested(const { &NestedInfo { … } }, &self.poll, __input, |_| None).await;
///     /* as for a task */
/// }
/// ```
pub(super) fn arm(
    workflow: &Workflow,
    source: &StateSource,
    nested: &Nested,
    (field, child): (&Expr, &Type),
    next: &NextSource,
    catchers: &[CatchSource],
) -> TokenStream {
    let private = workflow.private();
    let timeout = retry::optional(nested.timeout);
    let retriers = retry::retriers(workflow, &nested.retry);
    let info = quote!(const { &#private::NestedInfo { timeout: #timeout, retry: #retriers } });
    let keep = catch::keep(workflow, source, !nested.retry.is_empty());
    let kept = catch::kept(workflow, source, catchers);
    let child = workflow.child(child);
    let run = match source.body {
        None => quote! {
            #kept
            let __child: &#child = &#field;
            let __result = run.nested(#info, __child, __input, #keep).await;
        },
        Some(_) => {
            let input = call(source, &quote!(__input));
            quote! {
                #kept
                let __child: &#child = &#field;
                let __result = match run.evaluate("Arguments/Input", move || #input) {
                    ::core::result::Result::Ok(__input) => run.nested(#info, __child, __input, #keep).await,
                    ::core::result::Result::Err(__fault) => ::core::result::Result::Err(__fault),
                };
            }
        }
    };
    let step = edge::next(workflow, source, next, &quote!(__result));
    catch::after(workflow, &run, &step, &nested.catch, catchers)
}
