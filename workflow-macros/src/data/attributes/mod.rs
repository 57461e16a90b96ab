//! The attributes that decide what a type looks like in JSON: serde's, and `#[data(…)]`.
//!
//! serde itself refuses what it does not know; here such attributes are passed over, and only what serde accepts but
//! [`Shape`](workflow_model::shape::Shape) cannot say is refused.

mod container;
mod field;
mod variant;

use syn::meta::ParseNestedMeta;
use syn::punctuated::Punctuated;
use syn::{Attribute, LitStr, Token};
use workflow_model::Code;

pub(super) use container::{Container, Tagging};
pub(super) use field::{Fallback, Field, Presence};
pub(super) use variant::Variant;

use super::case::RenameRule;
use crate::errors::Errors;
use crate::nested_meta::{self, pass_over};

/// Hands each item of the attributes `#[path(…)]` to `read`.
fn each(
    attrs: &[Attribute],
    path: &str,
    errors: &mut Errors,
    mut read: impl FnMut(&ParseNestedMeta<'_>, &mut Errors) -> syn::Result<()>,
) {
    for attr in attrs.iter().filter(|attr| attr.path().is_ident(path)) {
        if attr.meta.require_list().is_ok_and(|list| list.tokens.is_empty()) {
            continue;
        }
        if let Err(error) = attr.parse_nested_meta(|meta| read(&meta, errors)) {
            errors.syntax(error);
        }
    }
}

/// The string of `name = "…"`.
fn string(meta: &ParseNestedMeta<'_>) -> syn::Result<LitStr> {
    meta.value()?.parse()
}

/// The predicates of `bound = "…"`.
fn predicates(meta: &ParseNestedMeta<'_>) -> syn::Result<Vec<syn::WherePredicate>> {
    let predicates = string(meta)?.parse_with(Punctuated::<syn::WherePredicate, Token![,]>::parse_terminated)?;
    Ok(predicates.into_iter().collect())
}

/// The name in `rename = "…"` or `rename(serialize = "…", deserialize = "…")`, which must be one and the same in both
/// directions: what one state writes, the next one reads.
fn one_name(meta: &ParseNestedMeta<'_>, errors: &mut Errors) -> syn::Result<Option<LitStr>> {
    if meta.input.peek(Token![=]) {
        return string(meta).map(Some);
    }
    let (mut serialize, mut deserialize) = (None, None);
    meta.parse_nested_meta(|nested| {
        if nested.path.is_ident("serialize") {
            serialize = Some(string(&nested)?);
        } else if nested.path.is_ident("deserialize") {
            // serde allows several, and writes none of them.
            deserialize.get_or_insert(string(&nested)?);
        } else {
            pass_over(&nested)?;
        }
        Ok(())
    })?;
    let same = match (&serialize, &deserialize) {
        (Some(serialize), Some(deserialize)) => serialize.value() == deserialize.value(),
        (None, None) => true,
        _ => false,
    };
    if !same {
        let name = meta.path.require_ident()?;
        errors.push(
            &meta.path,
            Code::W0005,
            format!("`{name}` differs between `serialize` and `deserialize`, so the next state could not read what this one wrote"),
            &[format!("write one name for both, as in `{name} = \"…\"`; to accept an old name too, add `alias = \"…\"`")],
        );
    }
    Ok(serialize.or(deserialize))
}

/// The rule in `rename_all = "…"`.
fn rename_rule(meta: &ParseNestedMeta<'_>, errors: &mut Errors) -> syn::Result<Option<RenameRule>> {
    Ok(one_name(meta, errors)?.and_then(|name| RenameRule::from_name(&name.value())))
}

/// An item of `#[data(…)]` that is not known there.
fn unknown_option(meta: &ParseNestedMeta<'_>, known: &[&str], elsewhere: &str, errors: &mut Errors) -> syn::Result<()> {
    nested_meta::unknown_option("data", &meta.path, known, elsewhere, errors);
    pass_over(meta)
}
