//! `#[workflow]`: parse, build the model, check it, generate.

mod check;
mod generate;
mod mention;
mod parse;
mod source;
mod spanned;

use proc_macro2::TokenStream;

use crate::errors::Errors;

/// The whole pipeline. Each stage collects all that is wrong; on any error the user's methods are still emitted, so that the
/// editor keeps completing and rustc reports no consequences.
pub(crate) fn expand(arguments: TokenStream, block: TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    let Some(mut workflow) = parse::workflow(arguments, block.clone(), &mut errors) else {
        let errors = errors.into_compile_errors();
        return quote::quote!(#errors #block);
    };
    let advice = check::check(&mut workflow, &mut errors);
    let sound = errors.is_empty();
    let code = if sound { generate::workflow(&workflow) } else { generate::remains(&workflow) };
    let errors = errors.into_compile_errors();
    quote::quote!(#errors #advice #code)
}

#[cfg(test)]
mod tests;
