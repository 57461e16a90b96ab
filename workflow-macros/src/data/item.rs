//! A type as serde writes it: its tokens and attributes read into one description, which the generator prints.

use syn::ext::IdentExt;
use syn::{DeriveInput, GenericParam, Ident, Type, WherePredicate};
use workflow_model::Code;

use super::attributes::{self, Container, Fallback, Presence, Tagging};
use super::case::RenameRule;
use super::recursion::mentions;
use crate::errors::Errors;

/// A type.
pub(super) struct Item {
    pub(super) ident: Ident,
    pub(super) generics: syn::Generics,
    pub(super) krate: syn::Path,
    /// The author's own bounds, instead of one on each type parameter.
    pub(super) bound: Option<Vec<WherePredicate>>,
    /// Whether the attributes alone make it lossy; the types of its fields may too.
    pub(super) lossy: bool,
    pub(super) body: Body,
}

/// What a type looks like in JSON.
pub(super) enum Body {
    Opaque,
    Struct(Fields),
    Enum { tagging: Tagging, variants: Vec<Variant> },
}

/// A variant of an enum.
pub(super) struct Variant {
    pub(super) rust: String,
    pub(super) json: String,
    pub(super) fields: Fields,
}

/// The fields of a struct or a variant.
pub(super) enum Fields {
    Unit,
    Newtype { rust: Option<String>, value: Value },
    Tuple(Vec<Value>),
    Named(Vec<Field>),
}

/// A named field.
pub(super) struct Field {
    pub(super) rust: String,
    pub(super) json: String,
    pub(super) value: Value,
    pub(super) presence: Presence,
    /// What serde takes where it is missing in what comes from outside.
    pub(super) default: Default,
}

/// Where serde takes a missing field from.
pub(super) enum Default {
    /// From nowhere; or from where nothing is known of it, as its type has parameters.
    None,
    OfType(Box<Type>),
    Function(Box<Type>, syn::Path),
    /// From the default of the whole struct.
    OfStruct(Ident),
}

/// The value of a field.
pub(super) enum Value {
    Opaque,
    Of(Box<Type>),
}

impl Item {
    pub(super) fn read(input: DeriveInput, errors: &mut Errors) -> Self {
        let container = Container::read(&input, errors);
        refuse_lifetimes(&input, errors);
        let mut reader = Reader { container: &container, generics: &input.generics, lossy: container.lossy, errors };
        let body = if container.opaque { Body::Opaque } else { reader.body(&input) };
        // Which variant an untagged value is read back as depends on their order.
        let lossy = reader.lossy || container.tagging() == Tagging::Untagged;
        Item {
            ident: input.ident,
            generics: input.generics,
            krate: container.krate,
            bound: container.bound,
            lossy,
            body,
        }
    }

    /// The same type with nothing known of its JSON: what is generated besides errors, so that none follow from them.
    pub(super) fn made_opaque(mut self) -> Self {
        self.body = Body::Opaque;
        self
    }

    /// All values of which the type consists.
    pub(super) fn values(&self) -> Vec<&Value> {
        match &self.body {
            Body::Opaque => Vec::new(),
            Body::Struct(fields) => fields.values(),
            Body::Enum { variants, .. } => variants.iter().flat_map(|variant| variant.fields.values()).collect(),
        }
    }
}

impl Fields {
    fn values(&self) -> Vec<&Value> {
        match self {
            Fields::Unit => Vec::new(),
            Fields::Newtype { value, .. } => vec![value],
            Fields::Tuple(values) => values.iter().collect(),
            Fields::Named(fields) => fields.iter().map(|field| &field.value).collect(),
        }
    }
}

fn refuse_lifetimes(input: &DeriveInput, errors: &mut Errors) {
    for param in &input.generics.params {
        if let GenericParam::Lifetime(lifetime) = param {
            errors.push(
                lifetime,
                Code::W0005,
                format!(
                    "`{}` borrows for `{}`, but what crosses an edge of a workflow is kept beyond every borrow",
                    input.ident, lifetime.lifetime
                ),
                &["own the data: `String` instead of `&str`, `Vec<T>` instead of `&[T]`".to_owned()],
            );
        }
    }
}

/// Reads the body of a type, and notes whether its attributes make it lossy.
struct Reader<'a> {
    container: &'a Container,
    generics: &'a syn::Generics,
    lossy: bool,
    errors: &'a mut Errors,
}

impl Reader<'_> {
    fn body(&mut self, input: &DeriveInput) -> Body {
        match &input.data {
            syn::Data::Struct(data) if self.container.transparent => self.transparent(&data.fields),
            syn::Data::Struct(data) => {
                Body::Struct(self.fields(&data.fields, self.container.rename_all, self.container.default))
            }
            syn::Data::Enum(data) => Body::Enum {
                tagging: self.container.tagging(),
                variants: data.variants.iter().filter_map(|variant| self.variant(variant)).collect(),
            },
            syn::Data::Union(data) => {
                self.errors.push(
                    data.union_token,
                    Code::W0005,
                    format!("`{}` is a union, which serde cannot write", input.ident),
                    &["make it an enum".to_owned()],
                );
                Body::Opaque
            }
        }
    }

    /// `#[serde(transparent)]`: the JSON is that of the one field that is not skipped.
    fn transparent(&mut self, fields: &syn::Fields) -> Body {
        let mut kept = None;
        for (position, field) in fields.iter().enumerate() {
            let attributes = attributes::Field::read(field, self.errors);
            let skipped = attributes.presence == Presence::Never;
            self.lossy |= attributes.is_lossy(self.container.default);
            if !skipped && !is_phantom(&field.ty) {
                kept.get_or_insert((position, field, attributes));
            }
        }
        let Some((position, field, attributes)) = kept else {
            return Body::Opaque;
        };
        let rust = match &field.ident {
            Some(ident) => Some(ident.unraw().to_string()),
            None => (position > 0).then(|| position.to_string()),
        };
        Body::Struct(Fields::Newtype { rust, value: value(field, &attributes) })
    }

    fn variant(&mut self, variant: &syn::Variant) -> Option<Variant> {
        let attributes = attributes::Variant::read(variant, self.errors);
        self.lossy |= attributes.lossy;
        if attributes.never_written {
            return None;
        }
        let rust = variant.ident.unraw().to_string();
        let json = attributes
            .rename
            .or_else(|| self.container.rename_all.map(|rule| rule.variant(&rust)))
            .unwrap_or_else(|| rust.clone());
        let fields = if attributes.opaque {
            Fields::Newtype { rust: None, value: Value::Opaque }
        } else {
            self.fields(&variant.fields, attributes.rename_all.or(self.container.rename_all_fields), false)
        };
        Some(Variant { rust, json, fields })
    }

    fn fields(&mut self, fields: &syn::Fields, rename_all: Option<RenameRule>, container_default: bool) -> Fields {
        match fields {
            syn::Fields::Unit => Fields::Unit,
            syn::Fields::Unnamed(fields) => {
                let mut values: Vec<Value> = fields.unnamed.iter().map(|field| self.positional(field)).collect();
                match values.pop() {
                    Some(value) if values.is_empty() => Fields::Newtype { rust: None, value },
                    last => Fields::Tuple(values.into_iter().chain(last).collect()),
                }
            }
            syn::Fields::Named(fields) => Fields::Named(
                fields.named.iter().map(|field| self.named(field, rename_all, container_default)).collect(),
            ),
        }
    }

    /// A field without a name, which is told by its position: leaving one out would shift those behind it.
    fn positional(&mut self, field: &syn::Field) -> Value {
        let attributes = attributes::Field::read(field, self.errors);
        self.lossy |= attributes.is_lossy(false);
        if attributes.presence != Presence::Always {
            self.errors.push(
                &field.ty,
                Code::W0005,
                "a field without a name cannot be skipped, as that shifts the fields behind it",
                &["give the fields names, or put `#[data(opaque)]` on the type if no expression looks into it"
                    .to_owned()],
            );
        }
        value(field, &attributes)
    }

    fn named(&mut self, field: &syn::Field, rename_all: Option<RenameRule>, container_default: bool) -> Field {
        let attributes = attributes::Field::read(field, self.errors);
        self.lossy |= attributes.is_lossy(container_default);
        let rust = field.ident.as_ref().map(|ident| ident.unraw().to_string()).unwrap_or_default();
        let value = value(field, &attributes);
        let default = self.default(field, &attributes, container_default);
        let json =
            attributes.rename.or_else(|| rename_all.map(|rule| rule.field(&rust))).unwrap_or_else(|| rust.clone());
        Field { rust, json, value, presence: attributes.presence, default }
    }

    /// What serde takes for a field that is missing in what comes from outside. Where type parameters decide that, it is not known.
    fn default(&self, field: &syn::Field, attributes: &attributes::Field, container_default: bool) -> Default {
        if attributes.opaque || attributes.presence != Presence::Always {
            return Default::None;
        }
        let ty = || Box::new(field.ty.clone());
        let of_parameter = self.generics.type_params().any(|param| mentions(&field.ty, &param.ident));
        match (&attributes.default, &field.ident) {
            (Fallback::OfType, _) if !of_parameter => Default::OfType(ty()),
            (Fallback::Function(function), _) if !of_parameter => Default::Function(ty(), function.clone()),
            (Fallback::None, Some(ident)) if container_default && self.generics.params.is_empty() => {
                Default::OfStruct(ident.clone())
            }
            _ => Default::None,
        }
    }
}

fn value(field: &syn::Field, attributes: &attributes::Field) -> Value {
    if attributes.opaque || attributes.presence == Presence::Never {
        Value::Opaque
    } else {
        Value::Of(Box::new(field.ty.clone()))
    }
}

/// Whether a type is `PhantomData<…>`, which serde too tells by its name.
fn is_phantom(ty: &Type) -> bool {
    let Type::Path(ty) = ty else {
        return false;
    };
    ty.path.segments.last().is_some_and(|segment| segment.ident == "PhantomData")
}
