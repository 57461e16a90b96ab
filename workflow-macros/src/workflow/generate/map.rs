//! `#[map]`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use workflow_model::states::Map;

use super::ambient::{After, Ambient};
use super::drive::call;
use super::parallel::position;
use super::{Workflow, arithmetic, catch, distributed, edge, raises, retry};
use crate::workflow::source::{KindSource, StateSource};
use crate::workflow::spanned;

/// ```text
/// {
///     let __items = Ok(__input);
///     let __child: &Pack = &self.pack;
///     let __result = <Pack as Child>::run_map::<Self, _, _>(
///         __child, run, const { &MapInfo { … } }, __items, |_| None, |_, __item, _| Ok(__item),
///     ).await;
///     /* as for a task */
/// }
/// ```
pub(super) fn arm(workflow: &Workflow, source: &StateSource, map: &Map) -> TokenStream {
    let KindSource::Map { field, child, items, selector, next, catch: catchers, .. } = &source.kind else {
        unreachable!("the kind of a state is the same in the source and in the model")
    };
    let private = workflow.private();
    let retriers = retry::retriers(workflow, &map.retry);
    let (state, most) = (position(workflow, source), map.max_concurrency.unwrap_or(0) as usize);
    let is_nested = map.processor.execution.is_some();
    let info = quote! {
        const {
            &#private::MapInfo { state: #state, max_concurrency: #most, is_nested: #is_nested, retry: #retriers }
        }
    };
    let copy_items = catch::copy_of(workflow, items);
    let keep = match map.retry.is_empty() {
        true => quote!(|_| ::core::option::Option::None),
        false => quote!(|__items| ::core::option::Option::Some(#copy_items(__items))),
    };
    let kept = catch::kept(workflow, source, catchers);
    let wants_input = selector.as_ref().is_some_and(|selector| selector.inputs.len() > 1);
    let copy = catch::copy(workflow, source);
    let kept_for_selector = wants_input.then(|| quote!(let __kept_for_selector = #copy(&__input);));
    // What is no list is said to be none where it is written.
    let into_items = spanned::projection(items, &workflow.krate, &["__private", "Items"], "into_items");
    let made = match source.body {
        Some(_) => {
            let made = call(workflow, source, &quote!(__input));
            quote!(run.evaluate("Items", move || #into_items(#made)))
        }
        None => quote!(::core::result::Result::<_, #private::Fault>::Ok(#into_items(__input))),
    };
    let select = select(workflow, source);
    let (run_map, child_type) = (workflow.child(child, "run_map"), workflow.child(child, "Itself"));
    let held = quote_spanned!(field.span()=> let __child: &#child_type = &#field;);
    let its_field = quote_spanned!(field.span()=> __child);
    let locals = spanned::locals(child.span(), child.span());
    let started = quote_spanned! {child.span()=>
        #run_map::<Self, _, _>(#its_field, run, #info, __input, #keep, #select).await
    };
    let run = quote! {
        #kept
        #kept_for_selector
        let __input = #made;
        let __result = { #locals #held #started };
    };
    let run = match &map.distributed {
        None => run,
        Some(distributed) => {
            let run = distributed::run(workflow, source, map, distributed, &select);
            quote!(#kept #kept_for_selector #run)
        }
    };
    let handled = raises::of_state(workflow, state, source);
    let run = quote!(#handled #run);
    let step = edge::evaluated(workflow, source, next, &quote!(__result));
    catch::after(workflow, &run, &step, &map.catch, catchers)
}

/// What makes the workflow's input of an item.
fn select(workflow: &Workflow, source: &StateSource) -> TokenStream {
    let KindSource::Map { items, item, selected, selector, distributed, .. } = &source.kind else {
        unreachable!("the kind of a state is the same in the source and in the model")
    };
    let Some(selector) = selector else {
        if distributed.is_some() {
            return quote_spanned!(items.span()=> |_, __item: #item, _| ::core::result::Result::Ok(__item));
        }
        // An item that the workflow does not take is said to be so where the list is written.
        return quote_spanned!(items.span()=> |_, __item, _| ::core::result::Result::Ok(__item));
    };
    let copy = catch::copy(workflow, source);
    let kept = (selector.inputs.len() > 1).then(|| quote!(let __selected_from = #copy(&__kept_for_selector);));
    let given = [&quote!(__item), &quote!(__selected_from), &quote!(__index)];
    let bindings = edge::bindings(selector, &given);
    let body = arithmetic::checked(workflow, &selector.body);
    let evaluated = quote! {
        run.evaluate("ItemSelector", move || -> #selected { let _ = (&__item, __index); #bindings #body })
    };
    let evaluated = Ambient::of_closure(workflow, selector).bound(After::Entry, evaluated);
    // What it keeps need not be `Sync`.
    quote!(move |run, __item: #item, __index: usize| { #kept #evaluated })
}
