//! The `impl` block, taken apart without reading the bodies of its functions.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, GenericParam, Generics, LifetimeParam, Token, Type, braced};

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

impl Block {
    /// Takes the block's lifetimes away. From here on they are `'static`, which rustc finds nothing wrong with.
    pub(super) fn outlive(&mut self) -> Vec<LifetimeParam> {
        let lifetimes: Vec<LifetimeParam> = self.generics.lifetimes().cloned().collect();
        if lifetimes.is_empty() {
            return lifetimes;
        }
        self.generics.params =
            self.generics.params.iter().filter(|param| !matches!(param, GenericParam::Lifetime(_))).cloned().collect();
        self.generics.where_clause = None;
        let names: Vec<Ident> = lifetimes.iter().map(|param| param.lifetime.ident.clone()).collect();
        let self_type = made_static(self.self_type.to_token_stream(), &names);
        self.self_type = syn::parse_quote!(#self_type);
        self.items = self.items.drain(..).map(|item| made_static(item, &names)).collect();
        lifetimes
    }
}

/// `&'static str` for `&'a str`.
fn made_static(tokens: TokenStream, lifetimes: &[Ident]) -> TokenStream {
    let mut behind_quote = false;
    tokens
        .into_iter()
        .map(|token| {
            let is_name = std::mem::replace(&mut behind_quote, false);
            match token {
                TokenTree::Ident(ident) if is_name && lifetimes.contains(&ident) => {
                    Ident::new("static", ident.span()).into()
                }
                TokenTree::Group(group) => {
                    let mut made = Group::new(group.delimiter(), made_static(group.stream(), lifetimes));
                    made.set_span(group.span());
                    made.into()
                }
                TokenTree::Punct(punct) => {
                    behind_quote = punct.as_char() == '\'';
                    punct.into()
                }
                other => other,
            }
        })
        .collect()
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
