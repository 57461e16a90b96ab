//! `#[succeed]`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::Workflow;
use crate::workflow::source::StateSource;

/// `run.succeed(__input)`.
pub(super) fn arm(workflow: &Workflow, source: &StateSource) -> TokenStream {
    let krate = &workflow.krate;
    let span = source.name().span();
    let output = quote_spanned!(span=> #krate::__private::EndsWith::<Self::Output>::end(__input));
    quote!(run.succeed(#output))
}
