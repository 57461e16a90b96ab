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
    let (mut behind_equals, mut depth, mut before) = (false, 0_usize, None);
    for token in tokens {
        let char = if let TokenTree::Punct(punct) = &token { Some(punct.as_char()) } else { None };
        let ends = match &token {
            TokenTree::Group(group) => {
                group.delimiter() == proc_macro2::Delimiter::Brace && !behind_equals && depth == 0
            }
            _ => char == Some(';'),
        };
        match (before, char) {
            (_, Some('<')) => depth += 1,
            // The `>` of `->` closes nothing.
            (Some('-'), Some('>')) => {}
            (_, Some('>')) => depth = depth.saturating_sub(1),
            // That of `impl Iterator<Item = u32>` begins no value.
            (_, Some('=')) => behind_equals |= depth == 0,
            _ => {}
        }
        before = char;
        item.push(token);
        if ends {
            items.push(item.drain(..).collect());
            (behind_equals, depth) = (false, 0);
        }
    }
    if !item.is_empty() {
        items.push(item.into_iter().collect());
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_end_where_they_end() {
        let items = [
            "fn a(&self) -> impl Iterator<Item = u32> + '_ { 0..1 }",
            "const N: usize = { 1 };",
            "fn b() -> Array<{ N }> { c() }",
            "fn c(&self) -> Box<dyn Fn(u32) -> Vec<u32>> where Self: Sized { d() }",
            "const LESS: bool = 1 < 2;",
            "#[succeed] fn done(order: String);",
        ];
        let tokens: TokenStream = items.concat().parse().expect("they are Rust");
        let texts = |tokens: Vec<TokenStream>| tokens.iter().map(ToString::to_string).collect::<Vec<_>>();
        let expected = items.iter().map(|item| item.parse().expect("it is Rust")).collect();
        assert_eq!(texts(split(tokens)), texts(expected));
    }
}
