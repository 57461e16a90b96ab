//! Names: what a binding, a field or a path segment is called in the tree.

use proc_macro2::Ident;
use syn::Member;
use syn::ext::IdentExt;

/// The name without a leading `r#`.
pub(super) fn name(ident: &Ident) -> String {
    ident.unraw().to_string()
}

/// The name of a field, or its position.
pub(super) fn member(member: &Member) -> String {
    match member {
        Member::Named(ident) => name(ident),
        Member::Unnamed(index) => index.index.to_string(),
    }
}

/// Whether a name is written like a type or a variant: `Running`.
pub(super) fn is_camel_case(ident: &Ident) -> bool {
    let name = name(ident);
    name.starts_with(char::is_uppercase) && (name.chars().count() == 1 || name.contains(char::is_lowercase))
}

/// Whether a name is written like a constant: `MAX_POLLS`.
pub(super) fn is_constant_case(ident: &Ident) -> bool {
    let name = name(ident);
    name.contains(char::is_uppercase) && !name.contains(char::is_lowercase)
}
