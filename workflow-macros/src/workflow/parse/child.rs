//! The field that holds another workflow, and that workflow's type: `self.poll: PollService`.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::{Expr, Token, Type};

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
