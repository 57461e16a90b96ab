//! Retriers, as constants.

use std::time::Duration;

use proc_macro2::TokenStream;
use quote::quote;
use syn::Path;
use workflow_model::states::{ErrorRef, Jitter, Retrier};

use super::Workflow;

/// `&[RetryInfo { … }]`.
pub(super) fn retriers(workflow: &Workflow, retriers: &[Retrier]) -> TokenStream {
    let private = workflow.private();
    let retriers = retriers.iter().map(|retrier| {
        let errors = errors(workflow, &retrier.errors);
        let backoff = retrier.backoff;
        let interval = duration(backoff.interval);
        let (max_attempts, backoff_rate) = (backoff.max_attempts, backoff.backoff_rate);
        let max_delay = optional(backoff.max_delay);
        let jitter = match backoff.jitter {
            Jitter::None => quote!(None),
            Jitter::Full => quote!(Full),
        };
        quote! {
            #private::RetryInfo {
                errors: #errors,
                backoff: #private::Backoff {
                    interval: #interval,
                    max_attempts: #max_attempts,
                    backoff_rate: #backoff_rate,
                    max_delay: #max_delay,
                    jitter: #private::Jitter::#jitter,
                },
            }
        }
    });
    quote!(&[#(#retriers),*])
}

/// `&[ErrorMatch::…]`.
pub(super) fn errors(workflow: &Workflow, errors: &[ErrorRef]) -> TokenStream {
    let private = workflow.private();
    let errors = errors.iter().map(|error| match error {
        ErrorRef::States(error) => {
            let variant = quote::format_ident!("{}", error.rust_name());
            quote!(#private::ErrorMatch::States(#private::StatesError::#variant))
        }
        ErrorRef::Custom(name) => {
            let name = error_name(workflow, &workflow.errors[name.0]);
            quote!(#private::ErrorMatch::Named(#name))
        }
    });
    quote!(&[#(#errors),*])
}

/// The name of an error in Amazon States Language, which the error's type knows.
pub(super) fn error_name(workflow: &Workflow, path: &Path) -> TokenStream {
    let private = workflow.private();
    let (ty, case) = error_type(path);
    let case = case.to_string();
    quote!(#private::error_name(<#ty as #private::TaskError>::NAMES, #case))
}

/// The type of an error, and which of its cases is meant: `ServiceError::Rejected` is a variant, `Broken` a struct.
///
/// By Rust's naming rules, a path whose last segment but one is a type names a variant.
pub(super) fn error_type(path: &Path) -> (Path, &syn::Ident) {
    let last = &path.segments.last().expect("a path has a segment").ident;
    let mut ty = path.clone();
    let before = path.segments.iter().rev().nth(1).map(|segment| segment.ident.to_string());
    if before.is_some_and(|before| before.starts_with(char::is_uppercase)) {
        ty.segments.pop();
        ty.segments.pop_punct();
    }
    (ty, last)
}

/// `Duration::from_millis(…)`.
pub(super) fn duration(duration: Duration) -> TokenStream {
    let millis = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
    quote!(::core::time::Duration::from_millis(#millis))
}

/// `Some(Duration::from_millis(…))`, or `None`.
pub(super) fn optional(value: Option<Duration>) -> TokenStream {
    match value {
        Some(value) => {
            let value = duration(value);
            quote!(::core::option::Option::Some(#value))
        }
        None => quote!(::core::option::Option::None),
    }
}
