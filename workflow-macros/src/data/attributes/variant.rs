//! What the attributes of a variant say.

use workflow_model::Code;

use super::{each, one_name, pass_over, rename_rule, unknown_option};
use crate::data::case::RenameRule;
use crate::errors::Errors;

/// The attributes of a variant.
#[derive(Default)]
pub(in crate::data) struct Variant {
    pub(in crate::data) rename: Option<String>,
    pub(in crate::data) rename_all: Option<RenameRule>,
    /// Whether a function of the user's writes the content.
    pub(in crate::data) opaque: bool,
    /// Whether reading back what was written may fail or give another value.
    pub(in crate::data) lossy: bool,
    /// Whether it cannot be written at all.
    pub(in crate::data) never_written: bool,
}

impl Variant {
    pub(in crate::data) fn read(variant: &syn::Variant, errors: &mut Errors) -> Self {
        let mut read = Variant::default();
        each(&variant.attrs, "serde", errors, |meta, errors| {
            let name = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
            match name.as_str() {
                "rename" => read.rename = one_name(meta, errors)?.map(|name| name.value()),
                "rename_all" => read.rename_all = rename_rule(meta, errors)?,
                "skip" | "skip_serializing" => {
                    read.never_written = true;
                    read.lossy = true;
                }
                "skip_deserializing" => read.lossy = true,
                "with" | "serialize_with" | "deserialize_with" => {
                    read.opaque = true;
                    read.lossy = true;
                    pass_over(meta)?;
                }
                "untagged" => errors.push(
                    &meta.path,
                    Code::W0005,
                    format!(
                        "`untagged` on the variant `{}` alone mixes two ways to tell variants apart",
                        variant.ident
                    ),
                    &["put `#[serde(untagged)]` on the enum, or `#[data(opaque)]` if no expression looks into it"
                        .to_owned()],
                ),
                _ => pass_over(meta)?,
            }
            Ok(())
        });
        each(&variant.attrs, "data", errors, |meta, errors| {
            unknown_option(meta, &[], "put `#[data(opaque)]` on the variant's fields or on the enum", errors)
        });
        read
    }
}
