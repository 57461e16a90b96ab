//! Untyped documents: `serde_json::Value`, looked into and built.
//!
//! Rust reads `null` where a document has no such key or element, or is no object or array at all. JSONata would look into
//! each element of an array for a key, and take a single value for an array of one: so the kind is asked for first.

use super::{Lowerer, Value};
use crate::expr::{JsonPiece, Limits, Operation};
use crate::jsonata::ast::{Arrayness, Entry, Item, Node, Operator};
use crate::jsonata::refusal::Refusal;
use crate::jsonata::types::{Integer, Type};

/// The methods that ask for the kind of a document, and what JSONata calls that kind.
const KINDS: &[(&str, &str)] = &[
    ("is_array", "array"),
    ("is_boolean", "boolean"),
    ("is_null", "null"),
    ("is_number", "number"),
    ("is_object", "object"),
    ("is_string", "string"),
];

impl<'a> Lowerer<'a> {
    /// `document["key"]` or `document[0]`.
    pub(super) fn document_part(&mut self, document: Value<'a>, key: Value<'a>) -> Result<Value<'a>, Refusal> {
        let (kind, is_key) = match &key.ty {
            Type::String => ("object", true),
            Type::Integer(_) => ("array", false),
            other => return Err(Refusal::needs_task(format!("{} is indexed by {other}", document.ty))),
        };
        let mark = self.scope.mark();
        let mut variables = Vec::new();
        let (document, key) = (self.whole(document), self.whole(key));
        let document = self.named(document, "document", &mut variables);
        let key = self.named(key, "key", &mut variables);
        self.scope.reset(mark);
        let (is_there, part) = if is_key {
            let found = Node::Call("lookup", vec![document.clone(), key.clone()]);
            (key.binary(Operator::In, Node::Call("keys", vec![document.clone()])), found)
        } else {
            let element = document.clone().index(key);
            (element.clone().exists(), element)
        };
        let node = Node::conditional(Node::all([is(document, kind), is_there]), part, Node::NULL);
        Ok(Value::new(node.with_variables(&variables), Type::Json))
    }

    pub(super) fn document_method(&mut self, document: Value<'a>, method: &str) -> Result<Value<'a>, Refusal> {
        if let Some((_, kind)) = KINDS.iter().find(|(name, _)| *name == method) {
            let document = self.whole(document);
            return Ok(Value::bool(is(document, kind)));
        }
        let (kind, inner) = match method {
            "as_array" => ("array", Type::sequence(Type::Json)),
            "as_bool" => ("boolean", Type::Bool),
            "as_f64" => ("number", Type::Float),
            "as_i64" => return Ok(self.document_integer(document, i64::MIN.into(), i64::MAX.into())),
            "as_str" => ("string", Type::String),
            "as_u64" => return Ok(self.document_integer(document, 0, u64::MAX.into())),
            "get" => {
                return Err(Refusal::new(
                    "`get` tells a key that is missing from one that is `null`, and JSON has one `null` for both; \
                     write `value[\"key\"]`, which is `null` for both",
                ));
            }
            _ => return Err(super::method::unknown(method, &document.ty)),
        };
        let document = self.whole(document);
        let node = self.shared(document, "document", |document| {
            Node::conditional(is(document.clone(), kind), document, Node::NULL)
        });
        Ok(Value::new(node, Type::option(inner)))
    }

    /// The integer that a document is, which fails where it is beyond those that JSONata tells apart.
    fn document_integer(&mut self, document: Value<'a>, min: i128, max: i128) -> Value<'a> {
        let integer = Integer::of_type(min, max);
        let limits = Limits::of_type(min, max);
        let document = self.whole(document);
        let node = self.shared(document, "document", |document| {
            let is_whole = Node::Call("floor", vec![document.clone()]).equals(document.clone());
            let mut conditions = vec![is(document.clone(), "number"), is_whole];
            if min == 0 {
                conditions.push(document.clone().binary(Operator::GreaterOrEqual, Node::int(0)));
            }
            let magnitude = if min == 0 { document.clone() } else { Node::Call("abs", vec![document.clone()]) };
            let is_exact = magnitude.binary(Operator::LessOrEqual, super::arithmetic::integer(limits.max));
            let failure = Node::Call("error", vec![Node::str(Operation::Cast.overflow(limits))]);
            let exact = Node::conditional(is_exact, document, failure);
            Node::conditional(Node::all(conditions), exact, Node::NULL)
        });
        Value::new(node, Type::option(Type::Integer(integer)))
    }

    /// Refuses what compares a document with `other` as Rust does not: there `1.0` is not `1`, in JSON it is.
    pub(super) fn comparable_to_document(&self, other: &Value<'a>) -> Result<(), Refusal> {
        match &other.ty {
            Type::String | Type::Bool => Ok(()),
            Type::Integer(_) | Type::Float => Err(Refusal::new(
                "a `serde_json::Value` is compared with a number, where Rust tells `1.0` from `1` and JSON does not; \
                 compare what it holds, as in `value.as_i64() == Some(1)` or `value.as_f64() == Some(1.5)`",
            )),
            other => Err(Refusal::new(format!(
                "a `serde_json::Value` is compared with {other}, and a number inside would not be compared as in Rust; \
                 compare what it holds, as in `value[\"status\"] == \"done\"`, or write `value.is_null()`"
            ))),
        }
    }

    /// `json!(…)`.
    pub(super) fn json(&mut self, piece: &JsonPiece) -> Result<Value<'a>, Refusal> {
        Ok(Value::new(self.json_item(piece)?.value, Type::Json))
    }

    fn json_item(&mut self, piece: &JsonPiece) -> Result<Item, Refusal> {
        Ok(match piece {
            JsonPiece::Null => Item { value: Node::NULL, array: Arrayness::Never },
            JsonPiece::Array(pieces) => {
                let items: Result<_, _> = pieces.iter().map(|piece| self.json_item(piece)).collect();
                Item { value: Node::Array(items?), array: Arrayness::Always }
            }
            JsonPiece::Object(entries) => {
                let entries: Result<_, _> = entries
                    .iter()
                    .map(|(key, piece)| {
                        let value = self.json_item(piece)?.value;
                        Ok(Entry { key: key.clone(), value, optional: false })
                    })
                    .collect();
                Item { value: Node::Object(entries?), array: Arrayness::Never }
            }
            JsonPiece::Value(value) => {
                let value = self.value(value, &Type::Unknown)?;
                self.item(value)
            }
        })
    }
}

/// `$type(document) = 'kind'`.
fn is(document: Node, kind: &str) -> Node {
    match kind {
        "null" => document.equals(Node::NULL),
        kind => Node::Call("type", vec![document]).equals(Node::str(kind)),
    }
}
