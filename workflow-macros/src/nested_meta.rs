//! What the attributes of both derives have in common.

use syn::meta::ParseNestedMeta;
use syn::{Path, Token};
use workflow_model::Code;
use workflow_model::name::nearest;

use crate::errors::Errors;
use crate::expr::text;

/// Passes over the value of an attribute: nothing, `= …` or `(…)`.
pub(crate) fn pass_over(meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
    if meta.input.peek(Token![=]) {
        meta.value()?.parse::<syn::Expr>()?;
    } else if meta.input.peek(syn::token::Paren) {
        let content;
        syn::parenthesized!(content in meta.input);
        content.parse::<proc_macro2::TokenStream>()?;
    }
    Ok(())
}

/// Refuses an option of `#[attribute(…)]` that is not known in this place. `known` are those that are, as they are written;
/// `elsewhere` says where what is meant may stand, if there is such a place.
pub(crate) fn unknown_option(attribute: &str, path: &Path, known: &[&str], elsewhere: &str, errors: &mut Errors) {
    let name = text(path);
    let names = known.iter().map(|known| known.split(' ').next().unwrap_or(known));
    let mut help: Vec<String> =
        nearest(&name, names).map(|near| format!("did you mean `{near}`?")).into_iter().collect();
    if !known.is_empty() {
        let known: Vec<String> = known.iter().map(|known| format!("`{known}`")).collect();
        help.push(format!("its options here are {}", known.join(", ")));
    }
    if !elsewhere.is_empty() {
        help.push(elsewhere.to_owned());
    }
    errors.push(path, Code::W0002, format!("`#[{attribute}]` has no option `{name}` here"), &help);
}
