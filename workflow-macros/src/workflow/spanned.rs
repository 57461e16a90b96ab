//! Generated tokens that stand where the user's tokens do that they are about.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::{Path, Type, parse_quote};

/// The spans of the first and of the last of some tokens. On stable Rust they cannot be joined, but rustc joins those of the tokens of
/// a path.
pub(crate) fn ends(tokens: impl ToTokens) -> (Span, Span) {
    let mut spans = tokens.to_token_stream().into_iter().map(|token| token.span());
    let start = spans.next().unwrap_or_else(Span::call_site);
    (start, spans.last().unwrap_or(start))
}

/// The tokens, moved to where `span` is.
pub(crate) fn at(span: Span, tokens: impl ToTokens) -> TokenStream {
    let moved = |mut token: proc_macro2::TokenTree| {
        token.set_span(span);
        token
    };
    tokens.to_token_stream().into_iter().map(moved).collect()
}

/// The name of a local variable of the generated code, where `span` is. It is the same variable wherever it stands, also where a
/// part of the user's tokens comes from a macro.
pub(crate) fn local(name: &str, span: Span) -> Ident {
    Ident::new(name, Span::call_site().located_at(span))
}

/// `<Job as krate::path::Trait>::Name`, where the whole of `Job` stands.
pub(crate) fn projection(ty: &Type, krate: &Path, path: &[&str], name: &str) -> Type {
    let (start, end) = ends(ty);
    let krate = at(start, krate);
    let path = path.iter().map(|segment| Ident::new(segment, start));
    let name = Ident::new(name, end);
    let mut projection = quote_spanned!(start=> <#ty as #krate #(::#path)*>::);
    projection.extend(name.into_token_stream());
    parse_quote!(#projection)
}
