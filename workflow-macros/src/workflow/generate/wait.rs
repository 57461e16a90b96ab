//! `#[wait]`.

use proc_macro2::TokenStream;
use quote::quote;
use workflow_model::states::{Wait, WaitTime};

use super::drive::call;
use super::{Workflow, catch, edge, retry};
use crate::workflow::source::{NextSource, StateSource};

/// ```text
/// {
///     run.wait(Duration::from_millis(10_000)).await;
///     let next = Ok(Step::Next(…));
///     run.go(next)
/// }
/// ```
pub(super) fn arm(workflow: &Workflow, source: &StateSource, wait: &Wait, next: &NextSource) -> TokenStream {
    let private = workflow.private();
    let next = edge::evaluated(workflow, source, next, &quote!(__input));
    let go = quote! {
        let __next = #next;
        run.go(__next)
    };
    match &wait.time {
        WaitTime::Fixed(time) => {
            let time = retry::duration(*time);
            quote!({ run.wait(#time).await; #go })
        }
        WaitTime::Seconds(_) => {
            // The body takes the input by value, and so does what follows.
            let copy = catch::copy(workflow, source);
            let seconds = call(source, &quote!(#copy(&__input)));
            quote! {{
                match run.wait_seconds(|| ::core::convert::Into::<u64>::into(#seconds)).await {
                    ::core::result::Result::Ok(()) => { #go }
                    ::core::result::Result::Err(__fault) => #private::Step::Fail(__fault.failure),
                }
            }}
        }
        WaitTime::Missing => unreachable!("a wait without a time is an error, after which no step is generated"),
    }
}
