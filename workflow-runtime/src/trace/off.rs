//! Nobody is told anything.

use std::future::Future;
use std::time::Duration;

use crate::store::StoreError;
use crate::{ExecutionError, ExecutionId, Failure};

/// Nothing.
#[derive(Clone, Debug)]
pub(crate) struct Span;

impl Span {
    pub(crate) fn none() -> Self {
        Span
    }

    pub(crate) fn execution(_id: impl FnOnce() -> ExecutionId, _parent: impl FnOnce() -> Option<ExecutionId>) -> Self {
        Span
    }

    pub(crate) fn state(_name: &'static str) -> Self {
        Span
    }

    pub(crate) fn attempt(&self, _number: u32) -> Self {
        Span
    }

    pub(crate) fn within<F: Future>(self, future: F) -> F {
        future
    }

    pub(crate) fn failed(&self, _failure: &Failure, _is_timeout: bool) {}

    pub(crate) fn retried(&self, _error: &str, _retries: u32, _delay: Duration) {}
}

pub(crate) fn ended<T>(_result: &Result<T, ExecutionError>) {}

pub(crate) fn stranded(_id: &ExecutionId, _why: &str) {}

pub(crate) fn store_failed(_error: &StoreError) {}

pub(crate) fn not_removed(_error: &StoreError) {}
