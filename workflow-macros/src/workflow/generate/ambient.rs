//! The names that no parameter binds, as `context`: a portable expression that mentions one is given its value.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::{ExprClosure, FnArg, Pat};

use super::Workflow;
use crate::workflow::mention::{binds, mention};
use crate::workflow::source::{KindSource, StateSource};

/// The context object.
const CONTEXT: &str = "context";

/// When an expression is evaluated.
#[derive(Clone, Copy)]
pub(super) enum After {
    /// Once its state was entered.
    Entry,
    /// Once its state has made its attempts, which are counted.
    Attempts,
}

impl After {
    /// When the closure of a state's `next` or `end` is evaluated.
    pub(super) fn work_of(source: &StateSource) -> Self {
        match source.kind {
            KindSource::Task { .. }
            | KindSource::Nested { .. }
            | KindSource::Parallel { .. }
            | KindSource::Map { .. } => After::Attempts,
            _ => After::Entry,
        }
    }
}

/// The names that an expression mentions, each as it is first written there.
#[derive(Default)]
pub(super) struct Ambient {
    context: Option<Ident>,
}

impl Ambient {
    /// Those in a state's body, which are further parameters of its method.
    pub(super) fn of_body(source: &StateSource) -> Self {
        // A task's body may be any Rust, and is told by its own parameters.
        match &source.body {
            Some(body) if source.signature.asyncness.is_none() => Self::of(
                body,
                source.signature.inputs.iter().filter_map(|input| match input {
                    FnArg::Typed(typed) => Some(&*typed.pat),
                    FnArg::Receiver(_) => None,
                }),
            ),
            _ => Ambient::default(),
        }
    }

    /// Those in a closure.
    pub(super) fn of_closure(closure: &ExprClosure) -> Self {
        Self::of(&*closure.body, closure.inputs.iter())
    }

    fn of<'p>(tokens: impl quote::ToTokens, patterns: impl Iterator<Item = &'p Pat> + Clone) -> Self {
        let mentioned = |name| mention(&tokens, name).filter(|_| !patterns.clone().any(|pattern| binds(pattern, name)));
        Ambient { context: mentioned(CONTEXT) }
    }

    /// The parameters by which a method is given them.
    pub(super) fn parameters(&self, workflow: &Workflow) -> Vec<FnArg> {
        let krate = &workflow.krate;
        let context = self.context.iter().map(|context| {
            let parameter = quote_spanned!(context.span()=> #[allow(unused_variables)] #context: #krate::ContextObject);
            syn::parse_quote!(#parameter)
        });
        context.collect()
    }

    /// The arguments for the parameters, once [`Ambient::bound`] has bound them.
    pub(super) fn arguments(&self) -> TokenStream {
        let context = self.context.iter();
        quote!(#(#context,)*)
    }

    /// `{ let context = run.context(); evaluated }`.
    pub(super) fn bound(&self, after: After, evaluated: TokenStream) -> TokenStream {
        let Some(context) = &self.context else { return evaluated };
        let method = match after {
            After::Entry => quote!(context),
            After::Attempts => quote!(task_context),
        };
        quote!({ let #context = run.#method(); #evaluated })
    }
}
