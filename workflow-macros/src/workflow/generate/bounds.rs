//! What executions take, as a constant, and whether what is nested has the time that it takes.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Type;
use syn::spanned::Spanned;
use workflow_model::bounds::{self, Known};
use workflow_model::states::{Nested, StateKind};

use super::{Workflow, retry};
use crate::workflow::source::KindSource;

/// ```text
/// Bounds { shortest: Duration::from_millis(10000u64), longest: Some(…), least_events: 21u64, … }
/// ```
pub(super) fn bounds(workflow: &Workflow) -> TokenStream {
    let private = workflow.private();
    let bounds = bounds::bounds(&workflow.machine, Known::NOTHING);
    let (shortest, longest) = (retry::duration(bounds.shortest), retry::optional(bounds.longest));
    let (least_events, least_transitions) = (bounds.least_events, bounds.least_transitions);
    let [most_events, most_transitions] = [bounds.most_events, bounds.most_transitions].map(|most| match most {
        Some(most) => quote!(::core::option::Option::Some(#most)),
        None => quote!(::core::option::Option::None),
    });
    quote! {
        #private::Bounds {
            shortest: #shortest,
            longest: #longest,
            least_events: #least_events,
            most_events: #most_events,
            least_transitions: #least_transitions,
            most_transitions: #most_transitions,
        }
    }
}

/// That each nested workflow has room. What a generic workflow nests is known only where it is run: see [`room_of`].
///
/// ```text
/// const _: () = fits(&<PollService as Child>::INFO, &Room { state: "poll", timeout: None, whole: Some(…) });
/// ```
pub(super) fn room(workflow: &Workflow) -> TokenStream {
    if !workflow.generics.params.is_empty() {
        return TokenStream::new();
    }
    let nested = workflow.states.iter().zip(&workflow.machine.states).filter_map(|(source, state)| {
        match (&source.kind, &state.kind) {
            (KindSource::Nested { child, .. }, StateKind::Nested(nested)) => {
                let fits = room_of(workflow, &state.name, nested, child)?;
                Some(quote_spanned!(child.span()=> const _: () = #fits;))
            }
            _ => None,
        }
    });
    nested.collect()
}

/// The expression that cannot be evaluated where a nested workflow has no room. `None` where nobody waits for its end.
pub(super) fn room_of(workflow: &Workflow, state: &str, nested: &Nested, child: &Type) -> Option<TokenStream> {
    if !nested.is_awaited() {
        return None;
    }
    let span = child.span();
    let private = crate::workflow::spanned::at(span, workflow.private());
    let (timeout, whole) = (retry::optional(nested.timeout), retry::optional(bounds::limit(&workflow.machine)));
    let info = workflow.child(child, "INFO");
    let room = quote_spanned!(span=> #private::Room { state: #state, timeout: #timeout, whole: #whole });
    Some(quote_spanned!(span=> #private::fits(&#info, &#room)))
}
