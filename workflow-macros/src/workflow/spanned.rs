//! Generated tokens that stand where the user's tokens do that they are about.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
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

/// The local variables of the generated code, known under the same names to tokens that stand where `span` is: where some of the
/// user's tokens come from a macro, a variable is not the same to all of them.
///
/// ```text
/// let run = &mut *run;
/// let __input = __input;
/// ```
pub(crate) fn locals(run: Span, input: Span) -> TokenStream {
    let there = (Ident::new("run", run), Ident::new("__input", input));
    let here = ["run", "__input"].map(|name| Ident::new(name, Span::call_site()));
    let ((run_there, input_there), [run_here, input_here]) = (there, here);
    quote! {
        let #run_there = &mut *#run_here;
        let #input_there = #input_here;
    }
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
