//! Reads the attribute and the block into a [`Workflow`].
//!
//! Task bodies are never looked at: they stay tokens, so that half-written code in one of them costs nothing elsewhere. What
//! concerns one item is refused here; what concerns several is for the checks of the model.

mod activity;
mod assign;
mod block;
mod callback;
mod catch;
mod child;
mod choice;
mod distributed;
mod edge;
mod fail;
mod formerly;
mod function;
mod header;
mod input;
mod map;
mod nested;
mod options;
mod parallel;
mod pass;
mod poll;
mod retry;
mod service;
mod state;
mod succeed;
mod task;
mod unknown;
mod wait;

use std::collections::HashSet;

use proc_macro2::TokenStream;
use syn::{Attribute, Path, Type};
use workflow_model::machine::Mode;
use workflow_model::{Code, StateMachine};

use super::source::{Places, Workflow};
use crate::errors::Errors;
use crate::expr::{Ambient, Reader, Tables};

/// Reads a whole workflow. `None` when there is no `impl` block to speak of.
pub(crate) fn workflow(arguments: TokenStream, block: TokenStream, errors: &mut Errors) -> Option<Workflow> {
    let mut block = match syn::parse2::<block::Block>(block) {
        Ok(block) => block,
        Err(error) => {
            errors.syntax(error);
            return None;
        }
    };
    let mut parser = Parser {
        machine: StateMachine::default(),
        tables: Tables::default(),
        error_paths: Vec::new(),
        children: Vec::new(),
        places: Places::default(),
        variants: HashSet::new(),
        has_start: false,
        krate: syn::parse_quote!(::workflow_runtime),
        self_type: block.self_type.clone(),
        unexported: Tables::default(),
        unheard: Errors::new(),
        ambient: Ambient::default(),
        errors,
    };
    for lifetime in block.outlive() {
        let help = "hold what it uses by value, or in an `Arc`";
        parser.refuse(lifetime, "a workflow lives as long as its executions, so it borrows nothing", &[help]);
    }
    let is_workflow = |attribute: &Attribute| attribute.path().segments.last().is_some_and(|it| it.ident == "workflow");
    while let Some(second) = block.attributes.iter().position(is_workflow) {
        let second = block.attributes.remove(second);
        parser.refuse(second, "this block has a second `#[workflow]`", &["keep one, with the options of both"]);
    }
    let header = parser.header(arguments, &block);
    let mut states = Vec::new();
    let mut others = Vec::new();
    for item in block.items {
        match parser.item(item) {
            state::Item::State(state) => states.push(*state),
            state::Item::Other(tokens) => others.push(tokens),
            state::Item::Broken => {}
        }
    }
    let output = parser.output(header.output, &states);
    if parser.has_start && parser.machine.start.is_none() {
        parser.machine.start = parser.machine.states.first().map(|state| state.name.clone());
    }
    let Parser { mut machine, tables, error_paths, children, places, krate, unheard, .. } = parser;
    unheard.ignore();
    machine.types = tables.types().iter().map(|(text, _)| text.clone()).collect();
    if let Some(variables) = &mut machine.variables {
        variables.read = tables.variables().map(|(name, _)| name.clone()).collect();
    }
    machine.constants = tables.constants().iter().map(|(text, _)| text.clone()).collect();
    Some(Workflow {
        machine,
        tables,
        errors: error_paths,
        children,
        places,
        krate,
        attributes: header.attributes,
        generics: block.generics,
        self_type: block.self_type,
        variables: header.variables,
        output,
        states,
        others,
        allowed: header.allowed,
    })
}

/// What is read so far.
struct Parser<'a> {
    machine: StateMachine,
    tables: Tables,
    error_paths: Vec<Path>,
    children: Vec<Type>,
    places: Places,
    /// The variants of the generated enum so far.
    variants: HashSet<String>,
    /// Whether a start was written that is none, which has been said.
    has_start: bool,
    /// The path to `workflow-runtime`.
    krate: Path,
    /// The type that the block is of.
    self_type: Type,
    /// What a native workflow's expressions refer to. Only a lowering would ask for it, and there is none.
    unexported: Tables,
    /// What is refused in them.
    unheard: Errors,
    /// What expressions may read besides their parameters.
    ambient: Ambient,
    errors: &'a mut Errors,
}

impl Parser<'_> {
    /// What reads portable expressions. A native workflow is never exported, so that any Rust will do: what is not portable is
    /// still read for the states that it names, but not refused.
    fn reader(&mut self) -> Reader<'_> {
        match self.machine.mode {
            Mode::Native => Reader::new(&mut self.unexported, &mut self.unheard),
            Mode::Standard | Mode::Express => Reader::new(&mut self.tables, self.errors),
        }
        .knowing(self.ambient)
    }

    /// Adds an error about what is written.
    fn refuse(&mut self, tokens: impl quote::ToTokens, message: impl AsRef<str>, help: &[&str]) {
        let help: Vec<String> = help.iter().map(|&line| line.to_owned()).collect();
        self.errors.push(tokens, Code::W0001, message, &help);
    }
}
