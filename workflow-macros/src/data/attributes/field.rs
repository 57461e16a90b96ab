//! What the attributes of a field say.

use syn::LitStr;
use syn::meta::ParseNestedMeta;
use workflow_model::Code;

use super::{each, one_name, pass_over, string, unknown_option};
use crate::errors::Errors;

/// The attributes of a field.
#[derive(Default)]
pub(in crate::data) struct Field {
    pub(in crate::data) rename: Option<String>,
    /// Whether no expression may look into the field.
    pub(in crate::data) opaque: bool,
    pub(in crate::data) presence: Presence,
    pub(in crate::data) default: Fallback,
    lossy: bool,
}

/// When the key of a field is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::data) enum Presence {
    #[default]
    Always,
    UnlessNone,
    UnlessEmpty,
    UserDefined,
    Never,
}

/// What a missing field is taken from.
#[derive(Clone, Default)]
pub(in crate::data) enum Fallback {
    #[default]
    None,
    /// `Default::default()`.
    OfType,
    /// A function of the user's.
    Function(syn::Path),
}

impl Field {
    pub(in crate::data) fn read(field: &syn::Field, errors: &mut Errors) -> Self {
        let mut read = Field::default();
        each(&field.attrs, "data", errors, |meta, errors| {
            if meta.path.is_ident("opaque") {
                read.opaque = true;
            } else if meta.path.is_ident("lossy") {
                read.lossy = true;
            } else {
                unknown_option(meta, &["opaque", "lossy"], "", errors)?;
            }
            Ok(())
        });
        each(&field.attrs, "serde", errors, |meta, errors| read.read_serde(meta, errors));
        read
    }

    fn read_serde(&mut self, meta: &ParseNestedMeta<'_>, errors: &mut Errors) -> syn::Result<()> {
        let name = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
        match name.as_str() {
            "rename" => self.rename = one_name(meta, errors)?.map(|name| name.value()),
            "skip" | "skip_serializing" => self.presence = Presence::Never,
            // It is written, but what is read back is the default: no expression may rely on either.
            "skip_deserializing" => {
                if self.presence != Presence::Never {
                    self.presence = Presence::UserDefined;
                }
            }
            "skip_serializing_if" => {
                let condition = presence(&string(meta)?);
                if self.presence == Presence::Always {
                    self.presence = condition;
                }
            }
            "default" => {
                self.default = if meta.input.is_empty() || meta.input.peek(syn::Token![,]) {
                    Fallback::OfType
                } else {
                    Fallback::Function(string(meta)?.parse()?)
                };
            }
            "with" | "serialize_with" | "deserialize_with" => {
                self.opaque = true;
                self.lossy = true;
                pass_over(meta)?;
            }
            "flatten" => errors.push(
                &meta.path,
                Code::W0005,
                "`flatten` puts another type's keys among these, so an expression cannot tell whose they are",
                &["give the inner type a key of its own, or put `#[data(opaque)]` on the whole type".to_owned()],
            ),
            _ => pass_over(meta)?,
        }
        Ok(())
    }

    /// Whether the attributes alone say that reading back what was written may fail or give another value.
    ///
    /// `container_default`: whether a missing field is taken from the default of the whole struct.
    pub(in crate::data) fn is_lossy(&self, container_default: bool) -> bool {
        self.lossy
            || match self.presence {
                Presence::Always => false,
                // A missing `Option` is read as `None`, unless a default says otherwise.
                Presence::UnlessNone => {
                    matches!(self.default, Fallback::Function(_))
                        || (container_default && matches!(self.default, Fallback::None))
                }
                Presence::UnlessEmpty => !matches!(self.default, Fallback::OfType),
                Presence::UserDefined | Presence::Never => true,
            }
    }
}

/// The types whose `is_empty` means that their JSON is empty.
const COLLECTIONS: [&str; 8] = ["String", "str", "Vec", "VecDeque", "HashMap", "BTreeMap", "HashSet", "BTreeSet"];

/// What `skip_serializing_if = "path"` says.
fn presence(path: &LitStr) -> Presence {
    let Ok(path) = path.parse::<syn::Path>() else {
        return Presence::UserDefined;
    };
    let mut segments = path.segments.iter().rev().map(|segment| segment.ident.to_string());
    let (function, owner) = (segments.next(), segments.next());
    match (owner.as_deref(), function.as_deref()) {
        (Some("Option"), Some("is_none")) => Presence::UnlessNone,
        (Some(owner), Some("is_empty")) if COLLECTIONS.contains(&owner) => Presence::UnlessEmpty,
        _ => Presence::UserDefined,
    }
}
