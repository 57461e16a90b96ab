//! `#[pass]`.

use proc_macro2::TokenStream;
use quote::quote;

use super::drive::call;
use super::{Workflow, catch, edge};
use crate::workflow::source::{NextSource, StateSource};

/// ```text
/// {
///     let next = match run.pass(move || Self::report(__input)) { Ok(__result) => Ok(Step::Next(…)), Err(fault) => Err(fault) };
///     run.go(next)
/// }
/// ```
pub(super) fn arm(workflow: &Workflow, source: &StateSource, next: &NextSource) -> TokenStream {
    let step = edge::evaluated(workflow, source, next, &quote!(__result));
    let next = match source.body {
        None => quote!({ let __result = __input; #step }),
        Some(_) => {
            let kept = catch::kept(workflow, source, &[]);
            let call = call(workflow, source, &quote!(__input));
            quote! {{
                #kept
                match run.pass(move || { let _ = &__input; #call }) {
                    ::core::result::Result::Ok(__result) => #step,
                    ::core::result::Result::Err(__fault) => ::core::result::Result::Err(__fault),
                }
            }}
        }
    };
    quote!({ let __next = #next; run.go(__next) })
}
