//! How JSON tells the variants of an enum apart, in serde's four representations.

use super::{Lowerer, Value};
use crate::jsonata::ast::{Node, Operator};
use crate::jsonata::inherited::{is_inherited, refuse_inherited};
use crate::jsonata::refusal::Refusal;
use crate::jsonata::types::Type;
use crate::shape::{EnumShape, Field, Fields, Presence, Tagging, Variant};

impl<'a> Lowerer<'a> {
    pub(super) fn find_variant(shape: &'a EnumShape, name: &str) -> Result<&'a Variant, Refusal> {
        let variant = shape.variants.iter().find(|variant| variant.rust == name);
        variant.ok_or_else(|| Refusal::new(format!("`{}` has no variant `{name}` in its JSON", shape.name)))
    }

    /// What holds of this variant and of no other. `None`: there is no other.
    pub(super) fn is_variant(
        &self,
        shape: &'a EnumShape,
        variant: &'a Variant,
        value: &Value<'a>,
    ) -> Result<Option<Node>, Refusal> {
        if shape.variants.len() == 1 {
            return Ok(None);
        }
        let node = value.node.clone();
        Ok(Some(match shape.tagging {
            Tagging::External if matches!(variant.fields, Fields::Unit) => node.equals(Node::str(variant.json)),
            Tagging::External => {
                refuse_inherited(variant.json, shape.name)?;
                node.field(variant.json).exists()
            }
            Tagging::Internal { tag } | Tagging::Adjacent { tag, .. } => {
                node.field(tag).equals(Node::str(variant.json))
            }
            Tagging::Untagged => self.is_untagged(shape, variant, node)?,
        }))
    }

    /// Where the fields of a variant are found.
    pub(super) fn content(shape: &'a EnumShape, variant: &'a Variant, value: Value<'a>) -> Value<'a> {
        let mut content = Value::new(value.node, Type::Unknown);
        match shape.tagging {
            Tagging::External => content.node = content.node.field(variant.json),
            Tagging::Adjacent { content: key, .. } => content.node = content.node.field(key),
            Tagging::Internal { tag } => content.tag = Some(tag),
            Tagging::Untagged => {}
        }
        content
    }

    /// What holds of the structure of this variant and of no other's.
    fn is_untagged(&self, shape: &'a EnumShape, variant: &'a Variant, node: Node) -> Result<Node, Refusal> {
        let kinds = self.kinds(&variant.fields);
        let others: Vec<&Variant> = shape.variants.iter().filter(|other| other.rust != variant.rust).collect();
        let shares_kind = |other: &&&Variant| self.kinds(&other.fields).iter().any(|kind| kinds.contains(kind));
        let alike: Vec<&Variant> = others.iter().filter(shares_kind).copied().collect();
        if alike.is_empty() && !kinds.is_empty() && others.iter().all(|other| !self.kinds(&other.fields).is_empty()) {
            return Ok(is_kind(node, &kinds));
        }
        let key = self.required(&variant.fields).into_iter().filter(|key| !is_inherited(key)).find(|key| {
            shape.variants.iter().filter(|other| other.rust != variant.rust).all(|other| {
                self.object_fields(&other.fields).is_some_and(|fields| !fields.iter().any(|field| field.json == *key))
                    || !self.kinds(&other.fields).is_empty() && !self.kinds(&other.fields).contains(&"object")
            })
        });
        let key = key.ok_or_else(|| {
            Refusal::needs_task(format!(
                "the variant `{}` of the untagged `{}` cannot be told from the others by the kind of its JSON or by a \
                 key that it alone has",
                variant.rust, shape.name
            ))
        })?;
        let has_key = node.clone().field(key).exists();
        let arrays = others.iter().any(|other| self.kinds(&other.fields).contains(&"array"));
        Ok(if arrays { Node::all([is_kind(node, &["object"]), has_key]) } else { has_key })
    }

    /// The kinds of JSON, as `$type` calls them, that the content of a variant may be; none where it may be any.
    fn kinds(&self, fields: &'a Fields) -> Vec<&'static str> {
        match fields {
            Fields::Unit => vec!["null"],
            Fields::Newtype { shape, .. } => self.kinds_of(&self.ty(*shape)),
            Fields::Tuple(_) => vec!["array"],
            Fields::Named(_) => vec!["object"],
        }
    }

    fn kinds_of(&self, ty: &Type<'a>) -> Vec<&'static str> {
        match ty {
            Type::Unknown | Type::Json | Type::Opaque => Vec::new(),
            Type::Bool => vec!["boolean"],
            Type::Integer(_) | Type::Float => vec!["number"],
            Type::String => vec!["string"],
            Type::Unit => vec!["null"],
            Type::Option(inner) => match self.kinds_of(inner) {
                kinds if kinds.is_empty() => kinds,
                kinds => kinds.into_iter().chain(["null"]).collect(),
            },
            Type::Sequence(_) | Type::Tuple(_) => vec!["array"],
            Type::Map(_) => vec!["object"],
            Type::Struct(shape) => self.kinds(&shape.fields),
            Type::Enum(shape) => match shape.tagging {
                Tagging::External => vec!["string", "object"],
                Tagging::Internal { .. } | Tagging::Adjacent { .. } => vec!["object"],
                Tagging::Untagged => Vec::new(),
            },
        }
    }

    /// The fields of a variant that is an object of fields, be they its own or a struct's.
    fn object_fields(&self, fields: &'a Fields) -> Option<&'a [Field]> {
        match fields {
            Fields::Named(fields) => Some(fields),
            Fields::Newtype { shape, .. } => match self.ty(*shape) {
                Type::Struct(shape) => self.object_fields(&shape.fields),
                _ => None,
            },
            Fields::Unit | Fields::Tuple(_) => None,
        }
    }

    /// The keys that the object of a variant always has.
    fn required(&self, fields: &'a Fields) -> Vec<&'static str> {
        let fields = self.object_fields(fields).unwrap_or_default();
        let always = fields
            .iter()
            .filter(|field| field.presence == Presence::Always && !matches!(self.ty(field.shape), Type::Option(_)));
        always.map(|field| field.json).collect()
    }
}

fn is_kind(node: Node, kinds: &[&str]) -> Node {
    let ty = Node::Call("type", vec![node.clone()]);
    match kinds {
        ["null"] => node.equals(Node::NULL),
        [kind] => ty.equals(Node::str(*kind)),
        kinds => ty.binary(Operator::In, Node::json(kinds.to_vec().into())),
    }
}
