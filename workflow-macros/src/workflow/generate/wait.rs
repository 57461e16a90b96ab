//! `#[wait]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Type;
use workflow_model::states::{Wait, WaitTime};

use super::drive::call;
use super::methods::replace_self;
use super::{Workflow, catch, edge, retry};
use crate::workflow::source::{KindSource, NextSource, StateSource};
use crate::workflow::spanned;

/// ```text
/// {
///     if run.waits(Duration::from_millis(10_000)) {
///         Step::Park(__State::WaitForResult(__input))
///     } else {
///         let next = Ok(Step::Next(…));
///         run.go(next)
///     }
/// }
/// ```
pub(super) fn arm(
    workflow: &Workflow,
    source: &StateSource,
    wait: &Wait,
    returned: Option<&Type>,
    next: &NextSource,
) -> TokenStream {
    let next = edge::evaluated(workflow, source, next, &quote!(__input));
    let (private, variant) = (workflow.private(), &source.variant);
    let park = quote!(#private::Step::Park(__State::#variant(__input)));
    let go = quote! {
        let __next = #next;
        run.go(__next)
    };
    match (&wait.time, returned) {
        (WaitTime::Fixed(time), _) => {
            let time = retry::duration(*time);
            quote!({ if run.waits(#time) { #park } else { #go } })
        }
        (_, Some(returned)) => computed(workflow, source, returned, [&park, &go]),
        (_, None) => unreachable!("a wait without a time is an error, after which no step is generated"),
    }
}

/// ```text
/// match run.waits_until(<Duration as WaitTime>::UNIT, || <Duration as WaitTime>::end(Self::rest(copy(&input)))) {
///     Ok(true) => Step::Park(__State::Rest(__input)),
///     Ok(false) => { /* go on */ }
///     Err(fault) => Step::Fail(fault.failure),
/// }
/// ```
fn computed(workflow: &Workflow, source: &StateSource, returned: &Type, [park, go]: [&TokenStream; 2]) -> TokenStream {
    let private = workflow.private();
    // The body takes the input by value, and so does what follows.
    let copy = catch::copy(workflow, source);
    let time = call(workflow, source, &quote!(#copy(&__input)));
    let [unit, end] = ["UNIT", "end"].map(|item| of_time(workflow, returned, item));
    quote! {{
        match run.waits_until(#unit, || #end(#time)) {
            ::core::result::Result::Ok(true) => #park,
            ::core::result::Result::Ok(false) => { #go }
            ::core::result::Result::Err(__fault) => #private::Step::Fail(__fault.failure),
        }
    }}
}

/// `set_wait_unit(&mut definition, 3, <Duration as WaitTime>::UNIT);`, as only rustc knows what the body's type is.
pub(super) fn unit(workflow: &Workflow, index: usize, source: &StateSource) -> Option<TokenStream> {
    let KindSource::Wait { returned: Some(returned), .. } = &source.kind else { return None };
    let private = workflow.private();
    let unit = replace_self(of_time(workflow, returned, "UNIT"), &workflow.self_type);
    Some(quote!(#private::set_wait_unit(&mut definition, #index, #unit);))
}

/// `<Duration as WaitTime>::item`.
fn of_time(workflow: &Workflow, returned: &Type, item: &str) -> Type {
    spanned::projection(returned, &workflow.krate, &["__private", "WaitTime"], item)
}
