//! Macro calls: `format!`, `json!`, `matches!` and `vec!`.

use quote::{ToTokens, quote};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Expr as Syn, Macro, Pat, Path, Token};
use workflow_model::expr::{Expr, Literal};

use super::block::two_arms;
use super::place::Place;
use super::{Reader, format, json, refuse};

impl Reader<'_> {
    pub(super) fn macro_call(&mut self, call: &Macro, place: Place) -> Option<Expr> {
        match name(&call.path).as_str() {
            "format" => {
                let arguments = self.arguments(call, format::Arguments::parse)?;
                format::read(self, &arguments).map(Expr::Format)
            }
            "json" => {
                let piece = self.arguments(call, json::Piece::parse)?;
                self.json(&piece)
            }
            "matches" => {
                let matches = self.arguments(call, Matches::parse)?;
                self.matches(&matches)
            }
            "vec" => {
                if let Some(elements) = self.arguments(call, Elements::parse)? {
                    return self.list(&elements.0, place.part()).map(Expr::Array);
                }
                self.refuse(
                    &call.path,
                    "`vec![value; length]` cannot be exported: its length is not known here",
                    "list the elements, as in `vec![a, b]`",
                )
            }
            _ => refuse::macro_call(self, &call.path),
        }
    }

    fn arguments<T>(&mut self, call: &Macro, parse: impl FnOnce(ParseStream<'_>) -> syn::Result<T>) -> Option<T> {
        call.parse_body_with(parse).map_err(|error| self.errors.syntax(error)).ok()
    }

    /// `matches!(value, pattern if guard)` is a match of two arms.
    fn matches(&mut self, matches: &Matches) -> Option<Expr> {
        let scrutinee = self.boxed(&matches.value, Place::FREE);
        let (pattern, guard) =
            self.scoped(|reader| (reader.pattern(&matches.pattern), reader.guard(matches.guard.as_ref())));
        let boolean = |value| Expr::Literal(Literal::Bool(value));
        Some(Expr::Match { scrutinee: scrutinee?, arms: two_arms(pattern?, guard?, boolean(true), boolean(false)) })
    }
}

/// Visits the expressions among the arguments of a macro that is read here, and puts them back where they stood.
pub(crate) fn visit_arguments(call: &mut Macro, visit: &mut dyn FnMut(&mut Syn)) {
    if name(&call.path) == "matches" {
        let Ok(Matches { mut value, pattern, mut guard }) = call.parse_body() else { return };
        visit(&mut value);
        let guard = guard.as_mut().map(|guard| {
            visit(guard);
            quote!(if #guard)
        });
        call.tokens = quote!(#value, #pattern #guard);
    } else if name(&call.path) == "json" {
        let Ok(mut piece) = call.parse_body::<json::Piece>() else { return };
        piece.visit(visit);
        call.tokens = piece.to_token_stream();
    } else if is_known(&call.path) {
        let arguments = Punctuated::<Syn, Token![,]>::parse_terminated;
        let Ok(mut arguments) = call.parse_body_with(arguments) else { return };
        arguments.iter_mut().for_each(visit);
        call.tokens = arguments.to_token_stream();
    }
}

/// The name of a macro, without its path.
pub(super) fn name(path: &Path) -> String {
    path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default()
}

/// Whether a macro is one that is read here.
pub(super) fn is_known(path: &Path) -> bool {
    matches!(name(path).as_str(), "format" | "json" | "matches" | "vec")
}

/// `value, pattern if guard`
struct Matches {
    value: Syn,
    pattern: Pat,
    guard: Option<Syn>,
}

impl Parse for Matches {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let value = input.parse()?;
        input.parse::<Token![,]>()?;
        let pattern = Pat::parse_multi_with_leading_vert(input)?;
        let guard = match input.parse::<Option<Token![if]>>()? {
            Some(_) => Some(input.parse()?),
            None => None,
        };
        input.parse::<Option<Token![,]>>()?;
        Ok(Matches { value, pattern, guard })
    }
}

/// `a, b, c`; `None` for `value; length`.
struct Elements(Punctuated<Syn, Token![,]>);

impl Elements {
    fn parse(input: ParseStream<'_>) -> syn::Result<Option<Self>> {
        let ahead = input.fork();
        if !ahead.is_empty() && ahead.parse::<Syn>().is_ok() && ahead.peek(Token![;]) {
            input.parse::<proc_macro2::TokenStream>()?;
            return Ok(None);
        }
        Ok(Some(Elements(Punctuated::parse_terminated(input)?)))
    }
}
