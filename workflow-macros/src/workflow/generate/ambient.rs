//! The names that no parameter binds, `context` and `vars`: a portable expression that mentions one is given its value.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Expr, ExprClosure, FnArg, Pat, parse_quote};

use super::Workflow;
use crate::expr::ASSIGN;
use crate::workflow::mention::{binds, mention};
use crate::workflow::source::{KindSource, StateSource};

/// The context object.
const CONTEXT: &str = "context";
/// The variables.
const VARS: &str = "vars";

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
    vars: Option<Ident>,
    /// The variables under a name of our own, for the types of what leaves assign.
    at_leaves: Option<Ident>,
}

impl Ambient {
    /// Those in a state's body, which are further parameters of its method.
    pub(super) fn of_body(workflow: &Workflow, source: &StateSource) -> Self {
        // A task's body may be any Rust, and is told by its own parameters.
        let Some(body) = source.body.as_ref().filter(|_| source.signature.asyncness.is_none()) else {
            return Ambient::default();
        };
        let patterns = source.signature.inputs.iter().filter_map(|input| match input {
            FnArg::Typed(typed) => Some(&*typed.pat),
            FnArg::Receiver(_) => None,
        });
        let assigns = matches!(source.kind, KindSource::Choice { .. }) && mention(body, ASSIGN).is_some();
        let at_leaves = (assigns && workflow.variables.is_some()).then(|| format_ident!("__vars"));
        Ambient { at_leaves, ..Self::of(workflow, body, patterns) }
    }

    /// Those in a closure.
    pub(super) fn of_closure(workflow: &Workflow, closure: &ExprClosure) -> Self {
        Self::of(workflow, &*closure.body, closure.inputs.iter())
    }

    /// Those in an expression without parameters of its own.
    pub(super) fn of_value(workflow: &Workflow, value: &Expr) -> Self {
        Self::of(workflow, value, std::iter::empty())
    }

    fn of<'p>(workflow: &Workflow, tokens: impl ToTokens, patterns: impl Iterator<Item = &'p Pat> + Clone) -> Self {
        let mentioned = |name| mention(&tokens, name).filter(|_| !patterns.clone().any(|pattern| binds(pattern, name)));
        let vars = mentioned(VARS).filter(|_| workflow.variables.is_some());
        Ambient { context: mentioned(CONTEXT), vars, at_leaves: None }
    }

    /// The parameters by which a method is given them.
    pub(super) fn parameters(&self, workflow: &Workflow) -> Vec<FnArg> {
        let (krate, variables) = (&workflow.krate, &workflow.variables);
        let context = self.context.iter().map(|name| quote_spanned!(name.span()=> #name: #krate::ContextObject));
        let vars = self.vars.iter().chain(&self.at_leaves).map(|name| quote_spanned!(name.span()=> #name: &#variables));
        context.chain(vars).map(|parameter| parse_quote!(#[allow(unused_variables)] #parameter)).collect()
    }

    /// The arguments for the parameters, once [`Ambient::bound`] has bound them.
    pub(super) fn arguments(&self) -> TokenStream {
        let names = self.context.iter().chain(&self.vars).chain(&self.at_leaves);
        quote!(#(#names,)*)
    }

    /// `{ let context = run.context(); let vars = &*__variables; evaluated }`.
    pub(super) fn bound(&self, after: After, evaluated: TokenStream) -> TokenStream {
        let (context, vars) = (self.context(after), self.vars());
        if context.is_empty() && vars.is_empty() { evaluated } else { quote!({ #context #vars #evaluated }) }
    }

    /// `let context = run.context();`
    pub(super) fn context(&self, after: After) -> TokenStream {
        let method = match after {
            After::Entry => quote!(context),
            After::Attempts => quote!(task_context),
        };
        let context = self.context.iter();
        quote!(#(let #context = run.#method();)*)
    }

    /// `let vars = &*__variables;`
    pub(super) fn vars(&self) -> TokenStream {
        let vars = self.vars.iter().chain(&self.at_leaves);
        quote!(#(let #vars = &*__variables;)*)
    }
}
