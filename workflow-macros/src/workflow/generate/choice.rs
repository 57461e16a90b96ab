//! `#[choice]`.

use proc_macro2::TokenStream;
use quote::quote;

use super::Workflow;
use super::drive::call;
use crate::workflow::source::StateSource;

/// `{ let next = run.choose(|| Self::is_ready(__input)); run.chosen(next, __variables) }`.
pub(super) fn arm(workflow: &Workflow, source: &StateSource) -> TokenStream {
    let call = call(workflow, source, &quote!(__input));
    quote!({ let _ = &__input; let __next = run.choose(move || #call); run.chosen(__next, __variables) })
}
