//! `#[pass]`.

use proc_macro2::TokenStream;
use quote::quote;

use super::drive::call;
use super::{Workflow, edge};
use crate::workflow::source::{NextSource, StateSource};

/// `run.pass(|| Step::Next(State::done(Self::report(__input))))`.
pub(super) fn arm(workflow: &Workflow, source: &StateSource, next: &NextSource) -> TokenStream {
    let result = if source.body.is_some() { call(source, &quote!(__input)) } else { quote!(__input) };
    let step = edge::next(workflow, source, next, &quote!(__result));
    quote!(run.pass(move || { let _ = &__input; let __result = #result; #step }))
}
