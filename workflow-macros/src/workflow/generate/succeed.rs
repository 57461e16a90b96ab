//! `#[succeed]`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Workflow, edge};
use crate::workflow::source::StateSource;

/// `run.succeed(__input)`.
pub(super) fn arm(workflow: &Workflow, source: &StateSource) -> TokenStream {
    let output = edge::end(workflow, source.name().span(), &quote!(__input));
    quote!(run.succeed(#output))
}
