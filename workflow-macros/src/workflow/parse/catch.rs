//! `#[catch(Errors => state)]`, `#[catch(Errors => |failure, input| state(expression), assign(variable = expression))]`.

use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Expr, Ident, Path, Token};
use workflow_model::finding::StatePart;
use workflow_model::states::Catcher;

use super::Parser;
use super::retry::error_paths;
use super::state::Draft;
use crate::expr::{ASSIGN, AssignSource, Given, assignments};
use crate::workflow::source::CatchSource;

/// `ServiceError::Rejected => refused`.
struct CatchArguments {
    errors: Vec<Path>,
    edge: Expr,
    /// The word `assign`, and what stands behind it.
    assign: Option<(Ident, Vec<AssignSource>)>,
}

/// `assign(failures = vars.failures + 1)`.
fn assign(input: ParseStream<'_>) -> syn::Result<(Ident, Vec<AssignSource>)> {
    if error_paths(&input.fork()).is_ok_and(|paths| paths.iter().any(|path| path.get_ident().is_none())) {
        let message = "a `#[catch]` goes on in one state: write a `#[catch(… => …)]` of its own for these errors";
        return Err(input.error(message));
    }
    let word: Ident = input.parse()?;
    if word != ASSIGN || !input.peek(syn::token::Paren) {
        let message = "behind its state, a `#[catch]` takes assignments alone: `assign(failures = vars.failures + 1)`";
        return Err(syn::Error::new(word.span(), message));
    }
    let content;
    syn::parenthesized!(content in input);
    let sources = assignments(&content)?;
    input.parse::<Option<Token![,]>>()?;
    Ok((word, sources))
}

impl Parse for CatchArguments {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let errors = error_paths(input)?;
        if !input.peek(Token![=>]) {
            let message = "a `#[catch]` says where it goes on, as in `ServiceError::Rejected => refused`";
            return Err(syn::Error::new(input.span(), message));
        }
        input.parse::<Token![=>]>()?;
        if input.is_empty() {
            return Err(syn::Error::new(input.span(), "the state to go on in is missing behind `=>`"));
        }
        let edge = input.parse()?;
        input.parse::<Option<Token![,]>>()?;
        let assign = if input.is_empty() { None } else { Some(assign(input)?) };
        Ok(CatchArguments { errors, edge, assign })
    }
}

impl Parser<'_> {
    /// Reads the `index`-th `#[catch]`, whose edge is the `position`-th that leaves the state.
    pub(super) fn catch(
        &mut self,
        draft: &Draft<'_>,
        attribute: &Attribute,
        index: usize,
        position: usize,
    ) -> Option<(Catcher, CatchSource)> {
        let arguments: CatchArguments = attribute.parse_args().map_err(|error| self.errors.syntax(error)).ok()?;
        for (number, path) in arguments.errors.iter().enumerate() {
            self.places.set(draft.place(StatePart::CatchError(index, number)), path);
        }
        let errors = arguments.errors.into_iter().filter_map(|path| self.error_ref(path)).collect();
        let krate = &self.krate;
        let failure = self.tables.type_ref(&syn::parse_quote!(#krate::Failure));
        let input = draft.input.map(|input| self.tables.type_ref(&input.ty));
        let (transition, edge) = self.edge(arguments.edge, &[Some(failure), input])?;
        self.places.set(draft.place(StatePart::Target(position)), &edge.target);
        let (word, mut sources) = arguments.assign.unzip();
        if word.is_some_and(|word| !self.has_variables(word)) {
            sources = None;
        }
        let sources = sources.unwrap_or_default();
        let assign = self.assignments(draft, &sources, Some(Given { name: "failure", type_ref: failure }));
        Some((
            Catcher { errors, transition, assign },
            CatchSource { edge, assign: sources, input: draft.input.cloned() },
        ))
    }
}
