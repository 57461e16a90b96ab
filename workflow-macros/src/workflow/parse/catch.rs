//! `#[catch(Errors => state)]`, `#[catch(Errors => |failure, input| state(expression))]`.

use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Expr, Path, Token};
use workflow_model::finding::StatePart;
use workflow_model::states::Catcher;

use super::Parser;
use super::retry::error_paths;
use super::state::Draft;
use crate::workflow::source::CatchSource;

/// `ServiceError::Rejected => refused`.
struct CatchArguments {
    errors: Vec<Path>,
    edge: Expr,
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
        Ok(CatchArguments { errors, edge })
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
        Some((Catcher { errors, transition }, CatchSource { edge }))
    }
}
