//! `json!`, whose syntax is JSON's with expressions in it.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt, quote};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Expr as Syn, Ident, LitStr, Token, braced, bracketed, token};
use workflow_model::expr::{Expr, JsonPiece};

use super::place::Place;
use super::{Reader, all};

/// Keys that mean something else where the reference implementation of JSONata writes an object of JavaScript.
const UNWRITABLE: [&str; 2] = ["__proto__", "hasOwnProperty"];

/// What stands in a `json!`, or a part of it.
pub(super) enum Piece {
    Null(Ident),
    Array(Punctuated<Piece, Token![,]>),
    Object(Punctuated<Entry, Token![,]>),
    Value(Syn),
}

/// `"key": value`
pub(super) struct Entry {
    key: Key,
    value: Piece,
}

/// What stands before the colon.
enum Key {
    Literal(LitStr),
    /// Any other tokens, of which serde_json evaluates some.
    Other(TokenStream),
}

impl Reader<'_> {
    pub(super) fn json(&mut self, piece: &Piece) -> Option<Expr> {
        self.piece(piece).map(|piece| Expr::Json(Box::new(piece)))
    }

    fn piece(&mut self, piece: &Piece) -> Option<JsonPiece> {
        match piece {
            Piece::Null(_) => Some(JsonPiece::Null),
            Piece::Array(pieces) => all(pieces.iter().map(|piece| self.piece(piece))).map(JsonPiece::Array),
            Piece::Object(entries) => self.object(entries),
            Piece::Value(value) => self.expr(value, Place::FREE).map(JsonPiece::Value),
        }
    }

    fn object(&mut self, entries: &Punctuated<Entry, Token![,]>) -> Option<JsonPiece> {
        let mut seen: Vec<String> = Vec::new();
        let entries = entries.iter().map(|entry| {
            let value = self.piece(&entry.value);
            let key = self.key(&entry.key, &seen)?;
            seen.push(key.clone());
            Some((key, value?))
        });
        all(entries).map(JsonPiece::Object)
    }

    fn key(&mut self, key: &Key, seen: &[String]) -> Option<String> {
        match key {
            Key::Literal(literal) if seen.contains(&literal.value()) => self.refuse(
                literal,
                format!("the key {:?} stands twice in this object, of which JSON keeps one", literal.value()),
                "remove one of them",
            ),
            Key::Literal(literal) if UNWRITABLE.contains(&literal.value().as_str()) => self.refuse(
                literal,
                format!(
                    "the key {:?} belongs to every object of JavaScript, so JSONata cannot write it",
                    literal.value()
                ),
                "give it another name",
            ),
            Key::Literal(literal) => Some(literal.value()),
            Key::Other(tokens) => self.refuse(
                tokens,
                "this key is not known here, and an exported object has the keys that are written in it",
                "write the key as a string, as in `\"status\"`",
            ),
        }
    }
}

impl Piece {
    /// Visits the expressions in it.
    pub(super) fn visit(&mut self, visit: &mut dyn FnMut(&mut Syn)) {
        match self {
            Piece::Null(_) => {}
            Piece::Array(pieces) => pieces.iter_mut().for_each(|piece| piece.visit(visit)),
            Piece::Object(entries) => entries.iter_mut().for_each(|entry| entry.value.visit(visit)),
            Piece::Value(value) => visit(value),
        }
    }
}

impl Parse for Piece {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(token::Brace) {
            let content;
            braced!(content in input);
            return Punctuated::parse_terminated(&content).map(Piece::Object);
        }
        if input.peek(token::Bracket) {
            let content;
            bracketed!(content in input);
            return Punctuated::parse_terminated(&content).map(Piece::Array);
        }
        if input.fork().call(Ident::parse_any).is_ok_and(|ident| ident == "null") {
            return input.call(Ident::parse_any).map(Piece::Null);
        }
        input.parse().map(Piece::Value)
    }
}

impl Parse for Entry {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let key = if input.peek(LitStr) && input.peek2(Token![:]) {
            Key::Literal(input.parse()?)
        } else {
            let mut tokens = TokenStream::new();
            while !input.is_empty() && (!input.peek(Token![:]) || input.peek(Token![::])) {
                tokens.append(input.parse::<TokenTree>()?);
            }
            Key::Other(tokens)
        };
        input.parse::<Token![:]>()?;
        Ok(Entry { key, value: input.parse()? })
    }
}

impl ToTokens for Piece {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Piece::Null(null) => quote!(#null),
            Piece::Array(pieces) => quote!([#pieces]),
            Piece::Object(entries) => quote!({ #entries }),
            Piece::Value(value) => quote!(#value),
        });
    }
}

impl ToTokens for Entry {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Entry { key, value } = self;
        let key = match key {
            Key::Literal(literal) => literal.to_token_stream(),
            Key::Other(tokens) => tokens.clone(),
        };
        tokens.extend(quote!(#key: #value));
    }
}
