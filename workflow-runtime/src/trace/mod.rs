//! What the crate `tracing` is told, with the feature of that name: a [`Span`] for each execution, each state and each attempt, and the
//! events that somebody might be woken for. Without the feature a span is nothing, and takes neither room nor time.

#[cfg(not(feature = "tracing"))]
mod off;
#[cfg(feature = "tracing")]
mod on;

#[cfg(not(feature = "tracing"))]
pub(crate) use off::{Span, ended, not_removed, store_failed, stranded};
#[cfg(feature = "tracing")]
pub(crate) use on::{Span, ended, not_removed, store_failed, stranded};
