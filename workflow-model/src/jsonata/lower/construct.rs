//! Structs and variants, built.

use super::{Lowerer, Value};
use crate::expr::{Construct, ConstructFields, Expr};
use crate::jsonata::ast::{Entry, Node};
use crate::jsonata::refusal::Refusal;
use crate::jsonata::types::Type;
use crate::shape::{EnumShape, Field, Fields, Presence, StructShape, Tagging, Variant};

impl<'a> Lowerer<'a> {
    pub(super) fn construct(&mut self, construct: &Construct, expected: &Type<'a>) -> Result<Value<'a>, Refusal> {
        let ty = match self.type_of(construct.type_ref) {
            Type::Unknown => expected.clone(),
            known => known,
        };
        let node = match &ty {
            Type::Struct(shape) => self.fields(&shape.fields, &construct.fields, shape.name)?,
            Type::Enum(shape) => {
                let variant = Self::find_variant(shape, &construct.name)?;
                self.variant(shape, variant, &construct.fields)?
            }
            Type::Unknown => {
                return Err(Refusal::new(format!(
                    "the type of `{}` is not known here, so neither are its names in JSON; write the type behind the \
                     `let`, or build it where it is handed on",
                    construct.name
                )));
            }
            other => {
                return Err(Refusal::needs_task(format!("`{}` is built where {other} is asked for", construct.name)));
            }
        };
        Ok(Value::new(node, ty))
    }

    fn fields(&mut self, fields: &'a Fields, given: &ConstructFields, owner: &str) -> Result<Node, Refusal> {
        match fields {
            Fields::Unit => Ok(Node::NULL),
            Fields::Newtype { rust, shape } => {
                let inner = given_field(given, rust.unwrap_or("0"), 0, owner)?;
                self.node(inner, &self.ty(*shape))
            }
            Fields::Tuple(shapes) => {
                let mut items = Vec::new();
                for (position, shape) in shapes.iter().enumerate() {
                    let expr = given_field(given, &position.to_string(), position, owner)?;
                    let ty = self.ty(*shape);
                    let mut value = self.value(expr, &ty)?;
                    value.ty = ty;
                    items.push(self.item(value));
                }
                Ok(Node::Array(items))
            }
            Fields::Named(fields) => Ok(Node::Object(self.named_fields(fields, given, owner)?)),
        }
    }

    fn named_fields(
        &mut self,
        fields: &'a [Field],
        given: &ConstructFields,
        owner: &str,
    ) -> Result<Vec<Entry>, Refusal> {
        let mut entries = Vec::new();
        for (position, field) in fields.iter().enumerate() {
            let expr = given_field(given, field.rust, position, owner);
            let ty = self.ty(field.shape);
            if field.presence == Presence::Never {
                self.never_fails(expr, &ty, field.rust)?;
                continue;
            }
            let expr = expr?;
            let value = match (field.presence, expr) {
                // What is `Some` is not `null`: its key is there for certain.
                (Presence::UnlessNone, Expr::Some(inner)) => {
                    let value = self.value(inner, &ty.inner())?;
                    let ty = value.ty.clone();
                    Value::new(self.whole(value), ty)
                }
                _ => self.value(expr, &ty)?,
            };
            entries.extend(self.entry(field, value, owner)?);
        }
        Ok(entries)
    }

    /// Refuses a value that fails in Rust and is not written in JSONata.
    fn never_fails(&mut self, expr: Result<&Expr, Refusal>, ty: &Type<'a>, field: &str) -> Result<(), Refusal> {
        match expr.and_then(|expr| self.node(expr, ty)) {
            Ok(node) if node.may_fail() => Err(Refusal::needs_task(format!(
                "the value of `{field}` may fail, and it is not in the JSON, as the field is `#[serde(skip)]`"
            ))),
            // What is not in the JSON need not be JSONata.
            _ => Ok(()),
        }
    }

    fn variant(
        &mut self,
        shape: &'a EnumShape,
        variant: &'a Variant,
        given: &ConstructFields,
    ) -> Result<Node, Refusal> {
        let name = Node::str(variant.json);
        let is_unit = matches!(variant.fields, Fields::Unit);
        match shape.tagging {
            Tagging::External if is_unit => Ok(name),
            Tagging::External => {
                let content = self.fields(&variant.fields, given, variant.rust)?;
                Ok(Node::Object(vec![entry(variant.json, content)]))
            }
            Tagging::Adjacent { tag, .. } if is_unit => Ok(Node::Object(vec![entry(tag, name)])),
            Tagging::Adjacent { tag, content } => {
                let value = self.fields(&variant.fields, given, variant.rust)?;
                Ok(Node::Object(vec![entry(tag, name), entry(content, value)]))
            }
            Tagging::Internal { tag } => self.internally_tagged(entry(tag, name), variant, given),
            Tagging::Untagged => self.fields(&variant.fields, given, variant.rust),
        }
    }

    fn internally_tagged(
        &mut self,
        tag: Entry,
        variant: &'a Variant,
        given: &ConstructFields,
    ) -> Result<Node, Refusal> {
        let Fields::Newtype { rust, shape } = &variant.fields else {
            return Ok(match self.fields(&variant.fields, given, variant.rust)? {
                Node::Object(entries) => with_tag(tag, entries),
                _ => with_tag(tag, Vec::new()),
            });
        };
        let ty = self.ty(*shape);
        let mut value = self.value(given_field(given, rust.unwrap_or("0"), 0, variant.rust)?, &ty)?;
        value.ty = ty.or(value.ty);
        let entries = match (&value.node, &value.ty) {
            (Node::Object(entries), _) => entries.clone(),
            (_, Type::Unit | Type::Struct(StructShape { fields: Fields::Unit, .. })) => Vec::new(),
            (node, Type::Struct(StructShape { fields: Fields::Named(fields), .. })) if node.is_simple() => {
                self.copied_fields(node, fields)
            }
            _ => {
                let objects = [with_tag(tag, Vec::new()), self.whole(value)];
                return Ok(Node::Call("merge", vec![Node::list(objects)]));
            }
        };
        Ok(with_tag(tag, entries))
    }
}

fn entry(key: &str, value: Node) -> Entry {
    Entry { key: key.to_owned(), value, optional: false }
}

fn with_tag(tag: Entry, entries: Vec<Entry>) -> Node {
    Node::Object([tag].into_iter().chain(entries).collect())
}

/// What is given for a field.
fn given_field<'e>(given: &'e ConstructFields, name: &str, position: usize, owner: &str) -> Result<&'e Expr, Refusal> {
    let expr = match given {
        ConstructFields::Unit => None,
        ConstructFields::Tuple(exprs) => exprs.get(position),
        ConstructFields::Named(exprs) => exprs.iter().find(|(given, _)| given == name).map(|(_, expr)| expr),
    };
    expr.ok_or_else(|| Refusal::new(format!("`{owner}` is built without its field `{name}`")))
}
