//! `#[task]`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Type;
use workflow_model::states::Task;

use super::{Workflow, catch, edge, retry, service};
use crate::workflow::source::{CatchSource, NextSource, StateSource};
use crate::workflow::spanned;

/// ```text
/// {
///     let __result = run.task(const { &TaskInfo { … } }, __input, |input| Some(Clone::clone(input)),
///         |input, _| Self::call_service(self, input), TaskReturn::RETURNED).await;
///     let __step = match __result { Ok(__result) => run.evaluate("Output", || …), Err(fault) => Err(fault) };
///     match __step { Ok(step) => step, Err(fault) => /* the catchers */ }
/// }
/// ```
pub(super) fn arm(
    workflow: &Workflow,
    source: &StateSource,
    task: &Task,
    returned: &Type,
    next: &NextSource,
    catchers: &[CatchSource],
) -> TokenStream {
    let name = source.name();
    let info = info(workflow, task);
    let input = source.input.as_ref().map(|_| quote!(__input,));
    let context = task.takes_context.then(|| quote!(__context.expect("the task asked for its context")));
    let keep = catch::keep(workflow, source, !task.retry.is_empty());
    let kept = catch::kept(workflow, source, catchers);
    let returned = spanned::projection(returned, &workflow.krate, &["TaskReturn"], "RETURNED");
    let call = quote!(|__input, __context| {
        let _ = (&__input, &__context);
        Self::#name(self, #input #context)
    });
    // On the method's name, where rustc is to say that its future cannot move between threads.
    let locals = spanned::locals(name.span(), name.span());
    let result = quote_spanned!(name.span()=> run.task(#info, __input, #keep, #call, #returned).await);
    let result = quote!({ #locals #result });
    let run = quote!(#kept let __result = #result;);
    let step = edge::evaluated(workflow, source, next, &quote!(__result));
    catch::after(workflow, &run, &step, &task.catch, catchers)
}

/// `const { &TaskInfo { … } }`
pub(super) fn info(workflow: &Workflow, task: &Task) -> TokenStream {
    let private = workflow.private();
    let (timeout, heartbeat) = (retry::optional(task.timeout), retry::optional(task.heartbeat));
    let retriers = retry::retriers(workflow, &task.retry);
    let takes_context = task.takes_context;
    let resource = service::resource(workflow, task);
    quote! {
        const {
            &#private::TaskInfo {
                resource: #resource,
                timeout: #timeout,
                heartbeat: #heartbeat,
                takes_context: #takes_context,
                retry: #retriers,
            }
        }
    }
}
