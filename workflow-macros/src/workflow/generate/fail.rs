//! `#[fail]`.

use proc_macro2::TokenStream;
use quote::quote;
use workflow_model::states::Fail;

use super::Workflow;
use super::drive::call;
use crate::workflow::source::StateSource;

/// `run.fail("PollLimit", || Self::gave_up(__input))`.
pub(super) fn arm(workflow: &Workflow, source: &StateSource, fail: &Fail) -> TokenStream {
    let error = fail.error.as_deref().unwrap_or_default();
    let cause = match source.body {
        Some(_) => call(workflow, source, &quote!(__input)),
        None => quote!(::std::string::String::new()),
    };
    quote!({ let _ = &__input; run.fail(#error, move || #cause) })
}
