//! `#[choice]`.

use proc_macro2::TokenStream;
use quote::quote;

use super::drive::call;
use crate::workflow::source::StateSource;

/// `run.choose(|| Self::is_ready(__input))`.
pub(super) fn arm(source: &StateSource) -> TokenStream {
    let call = call(source, &quote!(__input));
    quote!({ let _ = &__input; run.choose(move || #call) })
}
