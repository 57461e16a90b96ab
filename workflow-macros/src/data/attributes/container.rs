//! What the attributes of a type say.

use syn::meta::ParseNestedMeta;
use syn::{Attribute, DeriveInput, Path, WherePredicate, parse_quote};
use workflow_model::Code;

use super::{each, pass_over, predicates, rename_rule, string, unknown_option};
use crate::data::case::RenameRule;
use crate::errors::Errors;

/// The attributes of a type.
pub(in crate::data) struct Container {
    /// The path to `workflow-runtime`.
    pub(in crate::data) krate: Path,
    /// `#[data(bound = "…")]`, instead of a bound on each type parameter.
    pub(in crate::data) bound: Option<Vec<WherePredicate>>,
    /// Whether the JSON is of no structure that the attributes tell.
    pub(in crate::data) opaque: bool,
    /// Whether reading back what was written may give another value.
    pub(in crate::data) lossy: bool,
    pub(in crate::data) transparent: bool,
    /// Whether a missing field is taken from the type's own default.
    pub(in crate::data) default: bool,
    /// For the fields of a struct, or the variants of an enum.
    pub(in crate::data) rename_all: Option<RenameRule>,
    /// For the fields of an enum's variants.
    pub(in crate::data) rename_all_fields: Option<RenameRule>,
    untagged: bool,
    tag: Option<String>,
    content: Option<String>,
}

/// How JSON tells the variants of an enum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::data) enum Tagging {
    External,
    Internal { tag: String },
    Adjacent { tag: String, content: String },
    Untagged,
}

impl Container {
    pub(in crate::data) fn read(item: &DeriveInput, errors: &mut Errors) -> Self {
        let mut container = Container {
            krate: parse_quote!(::workflow_runtime),
            bound: None,
            opaque: false,
            lossy: false,
            transparent: false,
            default: false,
            rename_all: None,
            rename_all_fields: None,
            untagged: false,
            tag: None,
            content: None,
        };
        container.read_data(&item.attrs, errors);
        let is_struct = matches!(item.data, syn::Data::Struct(_));
        each(&item.attrs, "serde", errors, |meta, errors| container.read_serde(meta, is_struct, errors));
        container
    }

    fn read_data(&mut self, attrs: &[Attribute], errors: &mut Errors) {
        each(attrs, "data", errors, |meta, errors| {
            if meta.path.is_ident("crate") {
                self.krate = meta.value()?.parse()?;
            } else if meta.path.is_ident("opaque") {
                self.opaque = true;
            } else if meta.path.is_ident("lossy") {
                self.lossy = true;
            } else if meta.path.is_ident("bound") {
                self.bound = Some(predicates(meta)?);
            } else {
                unknown_option(meta, &["opaque", "lossy", "bound = \"…\"", "crate = path"], "", errors)?;
            }
            Ok(())
        });
    }

    fn read_serde(&mut self, meta: &ParseNestedMeta<'_>, is_struct: bool, errors: &mut Errors) -> syn::Result<()> {
        let Some(name) = meta.path.get_ident().map(ToString::to_string) else {
            return pass_over(meta);
        };
        match name.as_str() {
            "rename_all" => self.rename_all = rename_rule(meta, errors)?,
            "rename_all_fields" => self.rename_all_fields = rename_rule(meta, errors)?,
            "transparent" => self.transparent = true,
            "untagged" => self.untagged = true,
            "tag" => {
                self.tag = Some(string(meta)?.value());
                if is_struct && !self.opaque {
                    refuse_tagged_struct(meta, errors);
                }
            }
            "content" => self.content = Some(string(meta)?.value()),
            "default" => {
                self.default = true;
                pass_over(meta)?;
            }
            // The JSON is another type's, and what turns one into the other may not be reversible.
            "from" | "try_from" | "into" => {
                self.opaque = true;
                self.lossy = true;
                pass_over(meta)?;
            }
            "remote" => {
                pass_over(meta)?;
                refuse_remote(meta, errors);
            }
            _ => pass_over(meta)?,
        }
        Ok(())
    }

    /// How JSON tells the variants, if the type is an enum. serde refuses the combinations that mean nothing.
    pub(in crate::data) fn tagging(&self) -> Tagging {
        match (&self.tag, &self.content) {
            _ if self.untagged => Tagging::Untagged,
            (Some(tag), None) => Tagging::Internal { tag: tag.clone() },
            (Some(tag), Some(content)) => Tagging::Adjacent { tag: tag.clone(), content: content.clone() },
            (None, _) => Tagging::External,
        }
    }
}

fn refuse_tagged_struct(meta: &ParseNestedMeta<'_>, errors: &mut Errors) {
    errors.push(
        &meta.path,
        Code::W0005,
        "`tag` on a struct adds a key that none of its fields stands for, so a portable expression could not build the struct",
        &["write the tag as a field, or put `#[data(opaque)]` on the type if no expression looks into it".to_owned()],
    );
}

fn refuse_remote(meta: &ParseNestedMeta<'_>, errors: &mut Errors) {
    errors.push(
        &meta.path,
        Code::W0005,
        "`remote` describes the JSON of another type, and this one is never written itself",
        &["remove `Data` from the derives here, and put `#[data(opaque)]` on the fields of the other type".to_owned()],
    );
}
