//! `#[wait]`.

use proc_macro2::TokenStream;
use quote::quote;
use workflow_model::states::{Wait, WaitTime};

use super::drive::call;
use super::{Workflow, catch, edge, retry};
use crate::workflow::source::{NextSource, StateSource};

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
pub(super) fn arm(workflow: &Workflow, source: &StateSource, wait: &Wait, next: &NextSource) -> TokenStream {
    let private = workflow.private();
    let next = edge::evaluated(workflow, source, next, &quote!(__input));
    let variant = &source.variant;
    let park = quote!(#private::Step::Park(__State::#variant(__input)));
    let go = quote! {
        let __next = #next;
        run.go(__next)
    };
    match &wait.time {
        WaitTime::Fixed(time) => {
            let time = retry::duration(*time);
            quote!({ if run.waits(#time) { #park } else { #go } })
        }
        WaitTime::Seconds(_) => {
            // The body takes the input by value, and so does what follows.
            let copy = catch::copy(workflow, source);
            let seconds = call(source, &quote!(#copy(&__input)));
            quote! {{
                match run.waits_seconds(|| ::core::convert::Into::<u64>::into(#seconds)) {
                    ::core::result::Result::Ok(true) => #park,
                    ::core::result::Result::Ok(false) => { #go }
                    ::core::result::Result::Err(__fault) => #private::Step::Fail(__fault.failure),
                }
            }}
        }
        WaitTime::Missing => unreachable!("a wait without a time is an error, after which no step is generated"),
    }
}
