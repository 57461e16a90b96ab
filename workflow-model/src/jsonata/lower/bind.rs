//! Names, fields and positions: what reads a value that is already there.

use super::{Lowerer, Subject, Value};
use crate::expr::Expr;
use crate::jsonata::ast::{Item, Node};
use crate::jsonata::refusal::Refusal;
use crate::jsonata::types::Type;

impl<'a> Lowerer<'a> {
    pub(super) fn local(&mut self, name: &str) -> Result<Value<'a>, Refusal> {
        let subject = self.scope.get(name).cloned();
        let subject = subject.ok_or_else(|| Refusal::new(format!("`{name}` is bound nowhere in the expression")))?;
        Ok(self.subject_value(subject))
    }

    /// A subject as one value.
    pub(super) fn subject_value(&mut self, subject: Subject<'a>) -> Value<'a> {
        match subject {
            Subject::Value(value) => value,
            Subject::Tuple(parts) => {
                let values: Vec<Value<'a>> = parts.into_iter().map(|part| self.subject_value(part)).collect();
                let types = values.iter().map(|value| value.ty.clone()).collect();
                let items: Vec<Item> = values.into_iter().map(|value| self.item(value)).collect();
                Value::new(Node::Array(items), Type::Tuple(types))
            }
        }
    }

    pub(super) fn field(&mut self, base: &Expr, field: &str) -> Result<Value<'a>, Refusal> {
        let base = self.value(base, &Type::Unknown)?;
        self.field_of(&base, field)
    }

    /// A field of a struct, or an element of a tuple.
    pub(super) fn field_of(&self, base: &Value<'a>, field: &str) -> Result<Value<'a>, Refusal> {
        match &base.ty {
            Type::Struct(shape) => self.part(base, &shape.fields, field, shape.name),
            Type::Tuple(types) => {
                let position = field.parse::<usize>().ok().filter(|position| *position < types.len());
                let position = position.ok_or_else(|| Refusal::new(format!("the tuple has no element `{field}`")))?;
                Ok(Value::new(super::value::element(base.node.clone(), position), types[position].clone()))
            }
            other => {
                Err(Refusal::needs_task(format!("the field `{field}` is read from {other}, which has no known fields")))
            }
        }
    }

    /// `base[index]`, which fails where there is no such element, as it does in Rust.
    pub(super) fn index(&mut self, base: &Expr, index: &Expr) -> Result<Value<'a>, Refusal> {
        let base = self.value(base, &Type::Unknown)?;
        let key = self.value(index, &Type::Unknown)?;
        if base.ty == Type::Json {
            return self.document_part(base, key);
        }
        let missing = |what: &str| Node::Call("error", vec![Node::str(what)]);
        let (ty, node) = match (base.ty.clone(), base.ty.sequence_item(), &key.ty) {
            (_, Some(item), Type::Integer(_)) => {
                let element = self.whole(base).index(self.whole(key));
                let node = self.shared(element, "found", |found| {
                    Node::conditional(found.clone().exists(), found, missing("the index is out of bounds"))
                });
                (item, node)
            }
            (Type::Map(value), _, Type::String) => {
                let (map, key) = (self.whole(base), self.whole(key));
                (*value, self.looked_up(map, key, missing("the map has no such key")))
            }
            (base, _, key) => return Err(Refusal::needs_task(format!("{base} is indexed by {key}"))),
        };
        Ok(Value::new(node, ty))
    }
}
