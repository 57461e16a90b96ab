//! `#[derive(Data)]`: attributes → description → `impl`.
//!
//! The names and the structure are serde's, so serde's attributes are read by serde's rules; what serde would refuse is
//! left to serde.

mod attributes;
mod bounds;
mod case;
mod generate;
mod item;
mod recursion;

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::errors::Errors;
use item::Item;

pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error(),
    };
    let mut errors = Errors::new();
    let item = Item::read(input, &mut errors);
    // Besides errors there is an `impl` all the same, or each use of the type would be an error of its own.
    let item = if errors.is_empty() { item } else { item.made_opaque() };
    let generated = generate::implementation(&item);
    [errors.into_compile_errors(), generated].into_iter().collect()
}

#[cfg(test)]
mod tests;
