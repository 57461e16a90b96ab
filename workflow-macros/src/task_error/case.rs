//! One case of an error, and its name in Amazon States Language.

use syn::Ident;
use syn::ext::IdentExt;
use syn::meta::ParseNestedMeta;
use workflow_model::Code;

use super::attributes;
use crate::errors::Errors;
use crate::nested_meta::{pass_over, unknown_option};

/// The longest name of an error that Step Functions accepts.
const LONGEST_NAME: usize = 256;

/// A variant, or a struct.
pub(super) struct Case {
    pub(super) ident: Ident,
    /// The Rust name, without a leading `r#`.
    pub(super) rust: String,
    /// The name in Amazon States Language.
    pub(super) name: String,
}

impl Case {
    /// The name of a variant is `Enum.Variant`, unless the author chose another one.
    pub(super) fn of_variant(owner: &str, variant: &syn::Variant, errors: &mut Errors) -> Self {
        let mut name = None;
        for attr in attributes(&variant.attrs) {
            let result = attr.parse_nested_meta(|meta| {
                if meta.path.is_ident("name") {
                    name = read_name(&meta, errors)?;
                    return Ok(());
                }
                unknown_option("task_error", &meta.path, &["name = \"…\""], "", errors);
                pass_over(&meta)
            });
            if let Err(error) = result {
                errors.syntax(error);
            }
        }
        let rust = variant.ident.unraw().to_string();
        let name = name.unwrap_or_else(|| format!("{owner}.{rust}"));
        Case { ident: variant.ident.clone(), rust, name }
    }

    /// The name of a struct is its own, unless the author chose another one.
    pub(super) fn of_struct(ident: &Ident, rust: &str, name: Option<String>) -> Self {
        Case { ident: ident.clone(), rust: rust.to_owned(), name: name.unwrap_or_else(|| rust.to_owned()) }
    }
}

/// Reads `name = "…"`. `None`: the name is refused.
pub(super) fn read_name(meta: &ParseNestedMeta<'_>, errors: &mut Errors) -> syn::Result<Option<String>> {
    let literal: syn::LitStr = meta.value()?.parse()?;
    let name = literal.value();
    let (message, help) = if name.is_empty() {
        (
            "the name of an error is empty, so nothing could retry or catch it".to_owned(),
            "write a name, as in `name = \"Throttled\"`".to_owned(),
        )
    } else if name.starts_with("States.") {
        (
            format!("`{name}` begins with `States.`, which Step Functions keeps for its own errors"),
            format!("write another name, as in `name = \"{}\"`", name.trim_start_matches("States.")),
        )
    } else if name.chars().count() > LONGEST_NAME {
        let length = name.chars().count();
        (
            format!("the name of this error has {length} characters, but Step Functions accepts {LONGEST_NAME}"),
            "write a shorter name; what varies belongs into the error's message".to_owned(),
        )
    } else {
        return Ok(Some(name));
    };
    errors.push(&literal, Code::W0601, message, &[help]);
    Ok(None)
}

/// Two cases with one name could not be told apart by a retrier or a catcher.
pub(super) fn refuse_duplicates(cases: &[Case], errors: &mut Errors) {
    for (position, case) in cases.iter().enumerate() {
        if let Some(earlier) = cases[..position].iter().find(|earlier| earlier.name == case.name) {
            errors.push(
                &case.ident,
                Code::W0601,
                format!(
                    "`{}` and `{}` are both named \"{}\", so a retrier or a catcher could not tell them apart",
                    earlier.rust, case.rust, case.name
                ),
                &["write `#[task_error(name = \"…\")]` with another name on one of them".to_owned()],
            );
        }
    }
}
