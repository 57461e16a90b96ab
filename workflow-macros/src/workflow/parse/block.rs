//! The `impl` block, taken apart without reading the bodies of its functions.

use proc_macro2::{TokenStream, TokenTree};
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Generics, Token, Type, braced};

/// An `impl` block whose items are still tokens.
pub(super) struct Block {
    pub attributes: Vec<Attribute>,
    pub generics: Generics,
    pub self_type: Type,
    /// Each ends with the first braces or the first semicolon of its level.
    pub items: Vec<TokenStream>,
}

impl Parse for Block {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        if !input.peek(Token![impl]) {
            return Err(input.error("`#[workflow]` stands on an `impl` block, as in `impl PollService { … }`"));
        }
        input.parse::<Token![impl]>()?;
        let mut generics: Generics = input.parse()?;
        let self_type: Type = input.parse()?;
        if input.peek(Token![for]) {
            return Err(input.error("`#[workflow]` stands on an `impl` block of the type's own, not of a trait"));
        }
        generics.where_clause = input.parse()?;
        let content;
        braced!(content in input);
        Ok(Block { attributes, generics, self_type, items: split(content.parse()?) })
    }
}

/// Splits a block into items, so that one that cannot be read does not hide the others.
fn split(tokens: TokenStream) -> Vec<TokenStream> {
    let mut items = Vec::new();
    let mut item = Vec::new();
    // The braces of `const N: usize = { … };` do not end it, nor do those of a const generic argument in a signature.
    let mut behind_equals = false;
    for token in tokens {
        let ends = match &token {
            TokenTree::Group(group) => group.delimiter() == proc_macro2::Delimiter::Brace && !behind_equals,
            TokenTree::Punct(punct) => punct.as_char() == ';',
            _ => false,
        };
        behind_equals |= matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '=');
        item.push(token);
        if ends {
            items.push(item.drain(..).collect());
            behind_equals = false;
        }
    }
    if !item.is_empty() {
        items.push(item.into_iter().collect());
    }
    items
}
