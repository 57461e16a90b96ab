//! `#[workflow(start = …, timeout = "…")]`.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::{Attribute, Expr, Path, Type, parse_quote};
use workflow_model::finding::Severity;
use workflow_model::machine::{Mode, Variables};
use workflow_model::{Code, Place};

use super::Parser;
use super::block::Block;
use super::options::{Options, is_unread};
use crate::workflow::source::{KindSource, NextSource, StateSource, tuple_of};

/// What the attribute says besides what the machine holds.
pub(super) struct Header {
    pub attributes: Vec<Attribute>,
    pub allowed: Vec<Ident>,
    pub variables: Option<Type>,
    pub output: Option<Expr>,
}

/// The options of `#[workflow]`.
const OPTIONS: &[&str] = &["start", "timeout", "variables", "output", "name", "express", "native", "crate"];

impl Parser<'_> {
    pub(super) fn header(&mut self, arguments: TokenStream, block: &Block) -> Header {
        let shown = if arguments.is_empty() { block.self_type.to_token_stream() } else { arguments.clone() };
        self.places.set(Place::Workflow, shown);
        let mut options = self.options(arguments, "#[workflow]", OPTIONS);
        self.machine.name = self.workflow_name(&mut options, &block.self_type);
        self.start(&mut options);
        if let Some((timeout, value)) = options.duration("timeout", self.errors) {
            self.machine.timeout = Some(timeout);
            self.places.set(Place::WorkflowOption("timeout"), value);
        }
        self.mode(&mut options);
        // Where the type cannot be read, there are variables all the same.
        self.machine.variables = options.has("variables").then(Variables::default);
        let variables = options.value("variables", "Progress", self.errors).and_then(|value| self.type_of(value));
        let output = options.value("output", "Report", self.errors);
        if let Some(krate) = options.value("crate", "workflow", self.errors).and_then(|value| self.path(value)) {
            self.krate = krate;
        }
        let mut attributes = block.attributes.clone();
        self.machine.comment = super::state::doc_comment(&attributes);
        let allowed = self.allowed(&mut attributes);
        Header { attributes, allowed, variables, output }
    }

    fn workflow_name(&mut self, options: &mut Options, self_type: &Type) -> String {
        if let Some(name) = options.string("name", self.errors) {
            self.places.set(Place::WorkflowOption("name"), &name);
            return name.value();
        }
        match self_type {
            Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default(),
            other => {
                self.refuse(other, "`#[workflow]` stands on the `impl` block of a struct", &[]);
                String::new()
            }
        }
    }

    fn start(&mut self, options: &mut Options) {
        let Some(value) = options.value("start", "first_state", self.errors) else { return };
        self.places.set(Place::WorkflowOption("start"), &value);
        match ident(&value) {
            Some(start) => self.machine.start = Some(super::edge::name_of(&start)),
            None => {
                self.machine.start = super::edge::meant(&value).map(|start| super::edge::name_of(&start));
                if !is_unread(&value) {
                    let but = if matches!(value, Expr::Lit(_)) { ", not a string" } else { "" };
                    let help = match &self.machine.start {
                        Some(start) => format!("write `start = {start}`"),
                        None => "write the name of a method of this block, as in `start = first_state`".to_owned(),
                    };
                    self.refuse(&value, format!("`start` takes the name of a state{but}"), &[&help]);
                }
                self.has_start = true;
            }
        }
    }

    fn mode(&mut self, options: &mut Options) {
        let native = options.flag("native", self.errors);
        let express = options.flag("express", self.errors);
        if let (Some(_), Some((express, _))) = (&native, &express) {
            self.refuse(express, "a workflow is `express` or `native`, not both", &["keep one of the two"]);
        }
        for (flag, value) in [&native, &express].into_iter().flatten() {
            if value.is_some() {
                self.refuse(flag, format!("`{flag}` takes no value"), &[]);
            }
        }
        self.machine.mode = match (native.is_some(), express.is_some()) {
            (true, _) => Mode::Native,
            (false, true) => Mode::Express,
            (false, false) => Mode::Standard,
        };
    }

    fn path(&mut self, value: Expr) -> Option<Path> {
        match value {
            Expr::Path(path) => Some(path.path),
            other if is_unread(&other) => None,
            other => {
                self.refuse(&other, "`crate` is the path to `workflow_runtime`, as in `crate = workflow`", &[]);
                None
            }
        }
    }

    /// Takes `#[allow_finding(W0202, …)]` out of the attributes.
    pub(super) fn allowed(&mut self, attributes: &mut Vec<Attribute>) -> Vec<Ident> {
        let mut allowed = Vec::new();
        attributes.retain(|attribute| {
            if !attribute.path().is_ident("allow_finding") {
                return true;
            }
            let parser = syn::punctuated::Punctuated::<Ident, syn::Token![,]>::parse_terminated;
            match attribute.parse_args_with(parser) {
                Ok(codes) => allowed.extend(codes),
                Err(error) => self.errors.syntax(error),
            }
            false
        });
        allowed.retain(|code| {
            let message = match code.to_string().parse::<Code>().map(Code::severity) {
                Ok(Severity::Advice) => return true,
                Ok(Severity::Error) => format!("{code} is an error, which cannot be allowed"),
                Err(unknown) => unknown.to_string(),
            };
            self.refuse(code, message, &["`#[allow_finding(…)]` takes the code of a warning, as in `W0202`"]);
            false
        });
        allowed
    }

    /// The type of what an execution ends with: as it is written, or as the first state says that ends one.
    pub(super) fn output(&mut self, written: Option<Expr>, states: &[StateSource]) -> Option<Type> {
        let output = match written {
            Some(written) => self.type_of(written),
            None => states.iter().find_map(|state| self.end_type(state)),
        };
        let needed = || {
            let is_closure = |state: &&StateSource| matches!(state.next(), Some(NextSource::End(Some(_))));
            states.iter().find(|state| is_closure(state) || self.ends_as_itself(state))
        };
        match (output, needed()) {
            (Some(output), _) => {
                self.machine.output = Some(self.tables.type_ref(&output));
                Some(output)
            }
            (None, Some(state)) => {
                let name = state.name().clone();
                let message = "the type of what this workflow ends with is not written anywhere";
                self.refuse(name, message, &["say it: `#[workflow(output = Report, …)]`"]);
                None
            }
            // Nothing ends in success: there is no output.
            (None, None) => Some(parse_quote!(())),
        }
    }

    /// The type that was read as an expression.
    fn type_of(&mut self, written: Expr) -> Option<Type> {
        let tokens = written.into_token_stream();
        syn::parse2(tokens).map_err(|error| self.errors.syntax(error)).ok()
    }

    /// Whether the execution ends here with what one of the same workflow ended with, which does not say what that is.
    fn ends_as_itself(&self, state: &StateSource) -> bool {
        let child = match &state.kind {
            KindSource::Nested { child, output, .. }
                if crate::expr::text(output) == crate::expr::text(self.output_of(child)) =>
            {
                child
            }
            KindSource::Map { child, distributed: None, .. } => child,
            _ => return false,
        };
        matches!(state.next(), Some(NextSource::End(None))) && self.is_itself(child)
    }

    /// The type of what the execution ends with in this state, where it can be told.
    fn end_type(&self, state: &StateSource) -> Option<Type> {
        match (&state.kind, state.next()) {
            (KindSource::Succeed, _) => Some(state.input_type()),
            (KindSource::Task { output, .. } | KindSource::Poll { output, .. }, Some(NextSource::End(None))) => {
                Some(output.clone())
            }
            (KindSource::Parallel { branches, .. }, Some(NextSource::End(None))) => {
                let outputs: Vec<Type> = branches.iter().map(|branch| self.output_of(&branch.child)).collect();
                Some(tuple_of(&outputs))
            }
            _ if self.ends_as_itself(state) => None,
            (KindSource::Nested { output, .. }, Some(NextSource::End(None))) => Some(output.clone()),
            (KindSource::Map { result, .. }, Some(NextSource::End(None))) => Some(result.clone()),
            (KindSource::Wait { .. }, Some(NextSource::End(None))) => Some(state.input_type()),
            (KindSource::Pass { .. }, Some(NextSource::End(None))) => Some(super::pass::result_type(state)),
            _ => None,
        }
    }
}

/// The identifier that an expression is.
pub(super) fn ident(value: &Expr) -> Option<Ident> {
    match value {
        Expr::Path(path) if path.qself.is_none() => path.path.get_ident().cloned(),
        _ => None,
    }
}
