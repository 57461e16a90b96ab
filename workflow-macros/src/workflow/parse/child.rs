//! The field that holds another workflow, and that workflow's type: `self.poll: PollService`.

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::{Expr, Token, Type};

use super::Parser;
use crate::workflow::spanned;

/// `self.poll: PollService`.
pub(super) struct ChildField {
    pub field: Expr,
    pub child: Type,
}

impl Parse for ChildField {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut field: TokenStream = input.parse::<Token![self]>()?.into_token_stream();
        while input.peek(Token![.]) {
            field.extend(input.parse::<Token![.]>()?.into_token_stream());
            field.extend(input.parse::<syn::Member>()?.into_token_stream());
        }
        let field = syn::parse2(field)?;
        if !input.peek(Token![:]) {
            let message = "the type of the workflow in the field is missing, as in `self.poll: PollService`";
            return Err(syn::Error::new(input.span(), message));
        }
        input.parse::<Token![:]>()?;
        Ok(ChildField { field, child: input.parse()? })
    }
}

impl Parser<'_> {
    /// The type of another workflow as it is called outside of the block too: this one where it says `Self`.
    pub(super) fn named(&self, child: Type) -> Type {
        syn::parse2(self.without_self(child.to_token_stream())).unwrap_or(child)
    }

    fn without_self(&self, tokens: TokenStream) -> TokenStream {
        let replaced = |token| match token {
            TokenTree::Ident(ident) if ident == "Self" => spanned::at(ident.span(), &self.self_type),
            TokenTree::Group(group) => {
                let mut replaced = Group::new(group.delimiter(), self.without_self(group.stream()));
                replaced.set_span(group.span());
                TokenTree::Group(replaced).into()
            }
            other => other.into(),
        };
        tokens.into_iter().flat_map(|token| -> TokenStream { replaced(token) }).collect()
    }

    /// Whether another workflow is this one.
    pub(super) fn is_itself(&self, child: &Type) -> bool {
        crate::expr::text(child) == crate::expr::text(&self.self_type)
    }
}
